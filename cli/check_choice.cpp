#include "cli/check_choice.hpp"

#include "cli/selection.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/read_scenario.hpp"
#include "reports/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace stalemate::cli {

namespace {

constexpr auto choice_group = "Which of them (a run of a part says nothing about the rest)";

/// Names of what is not ok in a report, or did not come to an end.
std::set<std::string> failed_in(const std::string& path) {
  std::set<std::string> names;
  for (const report::CheckRow& row : read_check_report(path).rows)
    if (!row.ok) names.insert(row.name());
  return names;
}

} // namespace

report::CheckReport read_check_report(const std::string& path) {
  try {
    return report::read_check_json(kernel::read_text(path, std::size_t{1} << 28U));
  } catch (const report::JsonError& error) {
    throw kernel::InputError(fmt::format("{}: {}", kernel::printable(path, 300), error.what()));
  }
}

void add_choice_options(CLI::App& command, ChoiceOptions& options) {
  command
      .add_option(
          "--filter",
          options.filters,
          "Only names like this, in which * stands for anything: R1#none*, D*; may be given "
          "again")
      ->type_name("PATTERN")
      ->allow_extra_args(false)
      ->group(choice_group);
  command
      .add_option("--shard",
                  options.shard,
                  "Only the i-th of n parts, which have the same size: 2/5; `stalemate merge` "
                  "puts their --report json=FILE together")
      ->type_name("I/N")
      ->group(choice_group);
  command
      .add_option("--failed-only",
                  options.failed,
                  "Only what is not ok, or was not run, in this report of --report json=FILE")
      ->type_name("FILE")
      ->group(choice_group);
}

std::vector<Candidate>
chosen(std::vector<Candidate> candidates, const ChoiceOptions& options, std::vector<BadFile>& bad) {
  const std::set<std::string> failed =
      options.failed.empty() ? std::set<std::string>{} : failed_in(options.failed);
  const auto is_meant = [&](const std::string& id, const std::string& variant) {
    const std::string name = variant.empty() ? id : id + "#" + variant;
    if (!options.failed.empty() && !failed.contains(name)) return false;
    const auto is_like = [&](const std::string& pattern) {
      const bool is_id = pattern.find('#') == std::string::npos;
      return is_like_pattern(pattern, is_id ? id : name);
    };
    return options.filters.empty() || std::ranges::any_of(options.filters, is_like);
  };
  const std::size_t given = candidates.size();
  std::erase_if(candidates, [&](const Candidate& one) {
    return !is_meant(one.scenario.id, one.scenario.variant);
  });
  std::erase_if(
      bad, [&](const BadFile& one) { return !one.id.empty() && !is_meant(one.id, one.variant); });
  if (candidates.empty() && bad.empty() && given > 0 && !options.filters.empty())
    throw UsageError("--filter: no scenario has such a name");
  return candidates;
}

} // namespace stalemate::cli
