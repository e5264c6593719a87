#include "reports/teeth.hpp"

#include "reports/words.hpp"

#include <fmt/format.h>

#include <fnmatch.h>

#include <algorithm>
#include <array>

namespace stalemate::report {

namespace {

using Outcome = Tooth::Outcome;

std::string in_scenarios(std::size_t count) {
  return "in " + counted(count, "scenario");
}

} // namespace

void TeethCounts::add(Outcome outcome) {
  const std::array counters{&caught,
                            &covered,
                            &less,
                            &no_change,
                            &owed,
                            &explained,
                            &undecided,
                            &same,
                            &never_run,
                            &refused};
  ++*counters.at(static_cast<std::size_t>(outcome));
}

std::string TeethCounts::share() const {
  const std::size_t all = noticeable();
  if (all == 0) return "-";
  const std::size_t per_mille = 1000 * caught / all; // rounded down: a hundred percent is all
  return fmt::format("{}.{} %", per_mille / 10, per_mille % 10);
}

const char* word(Outcome outcome) {
  static constexpr std::array words{"caught",
                                    "covered",
                                    "only less",
                                    "changes nothing",
                                    "owed",
                                    "explained",
                                    "undecided",
                                    "same program",
                                    "never runs",
                                    "no such edit"};
  return words.at(static_cast<std::size_t>(outcome));
}

TeethCounts counts_of(const std::vector<Tooth>& teeth) {
  TeethCounts counts;
  for (const Tooth& tooth : teeth)
    counts.add(tooth.outcome);
  return counts;
}

std::string summary(const Teeth& teeth) {
  const TeethCounts counts = counts_of(teeth.teeth);
  return fmt::format(
      "{} {}: {} caught, {} covered by another, {} do only less, {} change nothing, "
      "{} owed, {} explained, {} undecided; {} of the {} caught, owed, explained and "
      "undecided are caught; besides {} are the same program, {} never run, {} are "
      "no edits",
      counted(counts.mutants(), "mutant"),
      in_scenarios(teeth.scenarios),
      counts.caught,
      counts.covered,
      counts.less,
      counts.no_change,
      counts.owed,
      counts.explained,
      counts.undecided,
      counts.share(),
      counts.noticeable(),
      counts.same,
      counts.never_run,
      counts.refused);
}

bool is_mutant(const Tooth& tooth) {
  return tooth.outcome <= Outcome::undecided;
}

std::string name_of(const Tooth& tooth) {
  return fmt::format(
      "{}{}{}: {}", tooth.path, tooth.step.empty() ? "" : ", ", tooth.step, tooth.edit);
}

std::string answer_of(const Tooth& tooth) {
  switch (tooth.outcome) {
  case Outcome::caught:
    if (!tooth.reason.empty()) // No run shows it: none has it.
      return fmt::format("{}: \"{}\" ({})", tooth.claim, tooth.reason, tooth.scenario);
    return fmt::format(
        "{} after {} ({})", tooth.claim, counted(tooth.steps, "step"), tooth.scenario);
  case Outcome::covered:
    return fmt::format("covered: only with \"{}\" {} after {} ({})",
                       tooth.cover,
                       tooth.claim,
                       counted(tooth.steps, "step"),
                       tooth.scenario);
  case Outcome::less:
    return "only less: nothing happens that did not before, " + in_scenarios(tooth.scenarios);
  case Outcome::no_change:
    return "changes nothing that others see, " + in_scenarios(tooth.scenarios);
  case Outcome::owed:
    return fmt::format("owed: nothing notices, {}; {} ({})",
                       in_scenarios(tooth.scenarios),
                       tooth.reason,
                       tooth.scenario);
  case Outcome::explained:
    return fmt::format("explained: {} ({}: {})", tooth.why, tooth.scenario, tooth.reason);
  case Outcome::undecided:
    return fmt::format("undecided: {} ({})", tooth.reason, tooth.scenario);
  case Outcome::same:
    return "the same program, " + in_scenarios(tooth.scenarios);
  case Outcome::never_run:
    return "never runs, " + in_scenarios(tooth.scenarios);
  case Outcome::refused:
    return "no such edit: " + tooth.reason;
  }
  return "";
}

std::vector<std::string> explain(Teeth& teeth, const std::vector<Explanation>& all) {
  const auto fits = [](const std::string& pattern, const std::string& text) {
    return fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
  };
  std::vector<std::string> idle;
  for (const Explanation& one : all) {
    bool is_used = false;
    for (Tooth& tooth : teeth.teeth) {
      const bool is_open = tooth.outcome == Outcome::owed || tooth.outcome == Outcome::undecided ||
                           tooth.outcome == Outcome::explained;
      if (!is_open || !fits(one.path, tooth.path) || !fits(one.step, tooth.step) ||
          !fits(one.edit, tooth.edit))
        continue;
      tooth.outcome = Outcome::explained;
      tooth.why = one.why;
      is_used = true;
    }
    if (!is_used)
      idle.push_back(fmt::format(
          "{}, {}: {}: nothing is owed that this explains", one.path, one.step, one.edit));
  }
  return idle;
}

std::vector<PathOfTeeth> by_path(const Teeth& teeth) {
  std::vector<PathOfTeeth> all;
  for (const Tooth& tooth : teeth.teeth) {
    if (all.empty() || all.back().path != tooth.path) all.push_back({tooth.path, {}});
    all.back().teeth.push_back(tooth);
  }
  return all;
}

} // namespace stalemate::report
