#include "reproduce/conform/tally.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace stalemate::reproduce {

namespace {

std::string percent(int part, int all) {
  return all == 0 ? "-" : fmt::format("{} %", (100 * part + all / 2) / all);
}

/// Why a changed log may fit the model all the same.
std::string why_it_fits(Change change, const Mutant& mutant, bool may_be_missing) {
  switch (change) {
  case Change::moved:
  case Change::swapped:
    return mutant.passes_its_own
               ? "the task's own calls have another order, which the model has as well"
               : "only calls of other tasks were passed, and the model has both orders";
  case Change::dropped:
    return may_be_missing ? "no step has to happen in the call"
                          : "the steps of the call do not have to happen in this run";
  case Change::value:
    return "the model can answer either way there";
  case Change::content:
    break;
  }
  return "a run with these calls can leave that as well";
}

std::string order_of(const Log& log) {
  std::string order;
  for (const Arrival& arrival : log.arrivals)
    order += arrival.text() + '\n';
  return order;
}

/// The number of a line says nothing about others.
std::string without_line(const std::string& reason) {
  const auto colon = reason.starts_with("line ") ? reason.find(": ") : std::string::npos;
  return colon == std::string::npos ? reason : reason.substr(colon + 2);
}

} // namespace

void Tally::add(const Log& log, const std::string& name, int blocks, const Judgement& judgement) {
  ++logs_;
  kernels_.insert(log.kernel.substr(0, log.kernel.find(',')));
  OfScenario& scenario = scenarios_[name];
  scenario.blocks = blocks;
  ++scenario.logs;
  scenario.orders.insert(order_of(log));
  using Answer = Judgement::Answer;
  switch (judgement.answer) {
  case Answer::run:
    ++scenario.runs;
    return;
  case Answer::no_run: {
    ++scenario.refused;
    ++refused_;
    OfReason& reason = reasons_[judgement.key];
    if (reason.logs++ == 0) reason.example = judgement.reason;
    reason.scenarios.insert(name);
    return;
  }
  case Answer::incomplete_log:
  case Answer::unfinished:
    break;
  }
  ++scenario.incomplete;
  ++incomplete_[without_line(judgement.reason)];
}

void Tally::add(Change change,
                const Mutant& mutant,
                const Judgement& judgement,
                bool may_be_missing) {
  OfChange& of = changes_[change];
  ++of.made;
  if (judgement.answer == Judgement::Answer::run)
    ++of.survived[why_it_fits(change, mutant, may_be_missing)];
  else
    ++of.refused;
}

std::vector<std::string> Tally::text() const {
  std::vector<std::string> lines;
  for (const auto& [name, s] : scenarios_)
    lines.push_back(fmt::format("{:<30} {:>4} logs {:>4} orders {:>4} runs of the model {:>3} not "
                                "{:>3} incomplete",
                                name,
                                s.logs,
                                s.orders.size(),
                                s.runs,
                                s.refused,
                                s.incomplete));
  for (const auto& [key, reason] : reasons_)
    lines.push_back(fmt::format("no run, {} times: {}", reason.logs, reason.example));
  for (const auto& [reason, logs] : incomplete_)
    lines.push_back(fmt::format("incomplete, {} times: {}", logs, reason));
  for (const auto& [change, of] : changes_)
    lines.push_back(
        fmt::format("{}: {} of {} changed logs refused", word(change), of.refused, of.made));
  return lines;
}

std::string Tally::markdown(const std::vector<Divergence>& known) const {
  int runs = 0;
  int incomplete = 0;
  int larger = 0;
  std::string table = "| scenario | blocks | logs | different orders | runs of the model | not | "
                      "incomplete |\n|---|--:|--:|--:|--:|--:|--:|\n";
  for (const auto& [name, s] : scenarios_) {
    runs += s.runs;
    incomplete += s.incomplete;
    larger += s.blocks > 1 ? 1 : 0;
    table += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n",
                         name,
                         s.blocks,
                         s.logs,
                         s.orders.size(),
                         s.runs,
                         s.refused,
                         s.incomplete);
  }
  std::string text = fmt::format(
      "{} logs of {} scenarios, {} of which have more than one block, on {}: **{} are runs of the "
      "model, {} are not, {} are incomplete**.\n\n",
      logs_,
      scenarios_.size(),
      larger,
      fmt::join(kernels_, ", "),
      runs,
      refused_,
      incomplete);
  text += table;
  if (!reasons_.empty()) {
    text += "\n## What was refused\n\n| logs | what | whose fault | why |\n|--:|---|---|---|\n";
    for (const auto& [key, reason] : reasons_) {
      const auto found =
          std::ranges::find_if(known, [&](const Divergence& d) { return key.starts_with(d.key); });
      text += fmt::format("| {} | {} ({}) | {} | {} |\n",
                          reason.logs,
                          key,
                          fmt::join(reason.scenarios, ", "),
                          found == known.end() ? "not known" : found->whose,
                          found == known.end() ? "" : found->why);
    }
  }
  if (!incomplete_.empty()) {
    text += "\n## What is incomplete\n\n| logs | why |\n|--:|---|\n";
    for (const auto& [reason, logs] : incomplete_)
      text += fmt::format("| {} | {} |\n", logs, reason);
  }
  if (changes_.empty()) return text;
  text += "\n## Changed logs\n\n| change | made | refused | share |\n|---|--:|--:|--:|\n";
  for (const auto& [change, of] : changes_)
    text += fmt::format(
        "| {} | {} | {} | {} |\n", word(change), of.made, of.refused, percent(of.refused, of.made));
  text += "\n| change | not refused | why |\n|---|--:|---|\n";
  for (const auto& [change, of] : changes_)
    for (const auto& [why, count] : of.survived)
      text += fmt::format("| {} | {} | {} |\n", word(change), count, why);
  return text;
}

} // namespace stalemate::reproduce
