#include "reports/verdict_text.hpp"

#include "reports/json.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace stalemate::report {

namespace {

std::string counts_text(const Counts& counts) {
  return fmt::format("{}, {}, depth {}",
                     counted(counts.states, "state"),
                     counted(counts.transitions, "transition"),
                     grouped(counts.depth));
}

/// What else was looked at where a warning is all that breaks.
std::string harm_text(const ir::Model& model) {
  std::string others;
  bool is_about_harm = false;
  for (const ir::Property& property : model.properties) {
    if (property.is_warning) continue;
    append(others, property.name);
    is_about_harm = is_about_harm || property.kind == ir::PropertyKind::invariant ||
                    property.kind == ir::PropertyKind::assertion;
  }
  if (others.empty()) return "; no other claim was checked";
  if (is_about_harm) return ", and no harm comes of it here";
  return "; of the other claims only " + others + " was checked, and holds";
}

/// The search came to its end, whatever it then found.
bool is_complete(const ir::Model& model, const Result& result) {
  const bool is_about_runs =
      names_property(result.verdict) &&
      ir::is_about_runs(model.properties[static_cast<std::size_t>(result.property)].kind);
  return result.verdict == Verdict::holds || result.verdict == Verdict::unreachable ||
         is_about_runs || !result.stranded.empty();
}

std::string steps_text(const Result& result) {
  const bool is_said = result.is_shortest && result.loop.empty();
  return counted(result.schedule.size(), "step") + (is_said ? " (a shortest trace)" : "");
}

} // namespace

std::string warning_text(const ir::Model& model, const Result& result) {
  return fmt::format("{}, which only warns, breaks after {}{}",
                     model.properties[static_cast<std::size_t>(result.property)].name,
                     steps_text(result),
                     harm_text(model));
}

std::string outcome_text(const ir::Model& model, const Result& result) {
  const auto steps = steps_text(result);
  const auto property = [&] {
    return model.properties[static_cast<std::size_t>(result.property)].name;
  };
  switch (result.verdict) {
  case Verdict::holds:
    return verdict_text(result.verdict, result.omission);
  case Verdict::violated:
    if (model.properties[static_cast<std::size_t>(result.property)].kind ==
        ir::PropertyKind::reachable)
      return fmt::format("{} is reached after {}{}",
                         property(),
                         counted(result.schedule.size(), "step"),
                         result.is_shortest ? " (a shortest run)" : "");
    return fmt::format("{} is violated after {}", property(), steps);
  case Verdict::latent:
    return verdict_text(result.verdict, result.omission) + ": " + warning_text(model, result);
  case Verdict::deadlock:
    return "deadlock after " + steps;
  case Verdict::livelock:
  case Verdict::starvation:
    return fmt::format("{}: {}{} after {}{}",
                       property(),
                       word(result.verdict),
                       result.verdict == Verdict::livelock || result.process < 0
                           ? ""
                           : " of " + process_of(model, result.process).name,
                       steps,
                       result.loop.empty()
                           ? ""
                           : fmt::format(", loop of {}{}",
                                         grouped(result.loop.size()),
                                         result.is_shortest ? " (a shortest trace)" : ""));
  case Verdict::stuck:
    return fmt::format("{}: stuck after {}", property(), steps);
  case Verdict::unreachable: {
    std::string names = property();
    for (const int one : result.unreached)
      if (one != result.property)
        append(names, model.properties[static_cast<std::size_t>(one)].name);
    return names + (result.unreached.size() > 1 ? " are" : " is") + " never reached";
  }
  case Verdict::incomplete:
    return "incomplete (" + result.reason + ")";
  case Verdict::model_error:
    break;
  }
  return fmt::format("model error after {} ({})", steps, result.reason);
}

std::string answer_text(const ir::Model& model, const Result& result) {
  return printable(fmt::format("{}: {}{}{}{}",
                               outcome_text(model, result),
                               counts_text(result.counts),
                               result.is_reduced ? ", reduced" : "",
                               is_complete(model, result) ? "" : " so far",
                               result.omission > 0 ? ", " + omission_text(result.omission) : ""));
}

std::string
verdict_line(const std::string& scenario, const ir::Model& model, const Result& result) {
  return printable(scenario) + ": " + answer_text(model, result);
}

std::vector<std::string> ways_never_taken(const ir::Model& model, const Result& result) {
  std::vector<std::string> ways;
  if (result.verdict != Verdict::holds) return ways;
  for (const NeverTaken& one : never_taken(model, result.coverage))
    if (std::ranges::find(ways, one.text()) == ways.end()) // Several paths may share a step.
      ways.push_back(one.text());
  return ways;
}

std::string never_taken_text(std::size_t ways) {
  if (ways == 0) return "";
  return ways == 1 ? "1 way through a step never ran"
                   : fmt::format("{} ways through steps never ran", grouped(ways));
}

void write_never_taken(const std::vector<std::string>& ways, std::ostream& out) {
  write_json(ways, out);
}

} // namespace stalemate::report
