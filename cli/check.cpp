#include "checker/result/common_coverage.hpp"
#include "cli/accept.hpp"
#include "cli/check_row.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/idle_options.hpp"
#include "cli/output.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/signals.hpp"
#include "cli/usage.hpp"
#include "reports/check_table.hpp"
#include "reports/junit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

struct CheckOptions {
  std::vector<std::string> paths;
  std::string format = "text";
  bool timing = false;
  bool coverage = false;
  bool accept = false;
  bool quiet = false;
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

// What would be written must be what a plain search of the file as it is finds.
void check_acceptable(const CheckOptions& options) {
  const SearchOptions& search = options.search;
  const auto refuse = [](const char* other) {
    throw UsageError(fmt::format("--accept and {} do not go together", other));
  };
  if (!options.scenario.set.empty()) refuse("--set");
  if (!search.reduce.empty()) refuse("--reduce");
  if (search.store == "compact") refuse("--store compact");
  if (std::ranges::find(options.paths, "-") != options.paths.end()) refuse("standard input");
}

void write_rows(const CheckOptions& options, const std::vector<report::CheckRow>& rows) {
  if (options.format == "json") return report::write_check_json(rows, std::cout);
  if (options.format == "junit") return report::write_junit(rows, std::cout);
  report::write_check_text(rows,
                           options.quiet ? report::Rows::unexpected : report::Rows::all,
                           stdout_has_colour(),
                           std::cout);
}

Status check(const CheckOptions& options) {
  if (options.accept) check_acceptable(options);
  const Limits limits = limits_of(options.search);
  const Reductions reductions = reductions_of(options.search);
  const std::vector<Candidate> candidates =
      load_all(options.paths, overrides_of(options.scenario, options.paths));
  say_idle_options(candidates, options.search);
  std::vector<report::CheckRow> rows;
  std::vector<Found> all;
  CommonCoverage coverage;
  Status status = as_expected;
  for (const Candidate& candidate : candidates) {
    if (is_interrupted()) break;
    Finding finding = find(candidate, limits, reductions);
    audit(candidate, options.search.audit, limits, finding);
    if (!options.accept) rows.push_back(check_row(candidate, finding, options.timing));
    if (options.coverage) coverage.add(candidate.name(), candidate.model, finding.result.coverage);
    status = gravest(status, finding.status());
    if (options.accept) all.push_back({&candidate, std::move(finding)});
  }
  const std::size_t run = options.accept ? all.size() : rows.size();
  if (options.accept)
    status = accept(all);
  else
    write_rows(options, rows);
  if (options.coverage) write_coverage(coverage);
  if (run < candidates.size())
    std::cerr << fmt::format("stalemate: interrupted, {} of {} scenarios were not run\n",
                             candidates.size() - run,
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
  command->add_flag(
      "-q,--quiet", options->quiet, "Of the table only what is not as expected, and the sum");
  command->add_flag("--accept",
                    options->accept,
                    "Write what is found into the files, as what is expected from now on, where "
                    "nothing or something else is; read it first");
  command->add_flag("--timing", options->timing, "Say how long each search took");
  command->add_flag(
      "--coverage", options->coverage, "List on stderr what no scenario's processes ever do");
  add_scenario_options(*command, options->scenario);
  add_claim_option(*command, options->scenario);
  add_search_options(*command, options->search);
  command->footer("Examples:\n"
                  "  stalemate check scenarios\n"
                  "  stalemate check --format json --time-max 1min scenarios/iomap\n"
                  "  stalemate check --accept my-scenario.json");
  command->callback([options, &action] { action = [options] { return check(*options); }; });
}

} // namespace stalemate::cli
