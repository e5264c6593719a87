#include "checker/result/common_coverage.hpp"
#include "cli/check_row.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/output.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/signals.hpp"
#include "cli/usage.hpp"
#include "reports/check_table.hpp"
#include "reports/junit.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string format = "text";
  bool timing = false;
  bool coverage = false;
  SearchOptions search;
  ScenarioOptions scenario;
};

// On standard error, since the table may be for a machine.
void write_coverage(const CommonCoverage& coverage) {
  const auto missing = coverage.missing();
  std::cerr << fmt::format("{} of {} ways through steps were taken by some scenario\n",
                           coverage.ways() - missing.size(),
                           coverage.ways());
  for (const CommonCoverage::Missing& one : missing)
    std::cerr << fmt::format("  {}: {} ({})\n", one.path, one.way, one.example);
}

Status check(const CheckOptions& options) {
  const Limits limits = limits_of(options.search);
  const Reductions reductions = reductions_of(options.search);
  const std::vector<Candidate> candidates = load_all(options.paths, overrides_of(options.scenario));
  std::vector<report::CheckRow> rows;
  CommonCoverage coverage;
  Status status = as_expected;
  for (const Candidate& candidate : candidates) {
    if (is_interrupted()) break;
    const Finding finding = find(candidate, limits, reductions);
    audit(candidate, options.search.audit);
    rows.push_back(check_row(candidate, finding, options.timing));
    if (options.coverage) coverage.add(candidate.name(), candidate.model, finding.result.coverage);
    status = gravest(status, finding.status());
  }
  if (options.format == "json")
    report::write_check_json(rows, std::cout);
  else if (options.format == "junit")
    report::write_junit(rows, std::cout);
  else
    report::write_check_text(rows, stdout_has_colour(), std::cout);
  if (options.coverage) write_coverage(coverage);
  if (rows.size() < candidates.size())
    std::cerr << fmt::format("stalemate: interrupted, {} of {} scenarios were not run\n",
                             candidates.size() - rows.size(),
                             candidates.size());
  return status;
}

} // namespace

void add_check(CLI::App& app, Action& action) {
  const auto options = std::make_shared<CheckOptions>();
  CLI::App* command =
      app.add_subcommand("check", "Run all scenarios, compare with what they expect");
  command->add_option("path", options->paths, "Folders, files, single variants")
      ->type_name("PATH")
      ->required();
  command->add_option("--format", options->format, "Of the result: text, json or junit")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "json", "junit"}));
  command->add_flag("--timing", options->timing, "Say how long each search took");
  command->add_flag(
      "--coverage", options->coverage, "List on stderr what no scenario's processes ever do");
  add_scenario_options(*command, options->scenario);
  add_claim_option(*command, options->scenario);
  add_search_options(*command, options->search);
  command->footer("Examples:\n"
                  "  stalemate check scenarios\n"
                  "  stalemate check --format json --time-max 1min scenarios/iomap");
  command->callback([options, &action] { action = [options] { return check(*options); }; });
}

} // namespace stalemate::cli
