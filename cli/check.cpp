#include "checker/result/common_coverage.hpp"
#include "cli/accept.hpp"
#include "cli/check_choice.hpp"
#include "cli/check_part.hpp"
#include "cli/check_reports.hpp"
#include "cli/check_row.hpp"
#include "cli/check_runs.hpp"
#include "cli/commands.hpp"
#include "cli/idle_options.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/signals.hpp"
#include "cli/usage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

constexpr int jobs_max = 256;

struct CheckOptions {
  std::vector<std::string> paths;
  ReportOptions reports;
  ChoiceOptions choice;
  bool timing = false;
  bool coverage = false;
  bool accept = false;
  bool fail_fast = false;
  int jobs = 1;
  std::uint64_t total_time_max = 0; ///< In milliseconds; 0: no limit.
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

std::vector<report::CheckRow> rows_of(const std::vector<RunOf>& runs,
                                      const std::vector<BadFile>& bad) {
  std::vector<report::CheckRow> rows;
  rows.reserve(runs.size());
  for (const RunOf& run : runs)
    rows.push_back(run.row);
  std::vector<report::CheckRow> mistakes;
  mistakes.reserve(bad.size());
  for (const BadFile& one : bad)
    mistakes.push_back(row_of(one));
  return report::in_order(std::move(rows), std::move(mistakes));
}

std::vector<RunOf> not_run_so_far(const std::vector<Candidate>& candidates) {
  std::vector<RunOf> runs(candidates.size());
  for (std::size_t i = 0; i < runs.size(); ++i)
    runs[i].row = row_not_run(candidates[i], not_so_far);
  return runs;
}

RunsOptions runs_options(const CheckOptions& options, bool has_traces) {
  RunsOptions runs;
  runs.limits = limits_of(options.search);
  // They share what is free, but not what somebody says that each may have.
  const bool is_free =
      options.search.memory_max == 0 && runs.limits.memory_max != Limits::unlimited;
  if (is_free) runs.limits.memory_max /= static_cast<std::uint64_t>(options.jobs);
  // Counts that are written down are those of all states.
  runs.reductions = options.accept ? Reductions() : reductions_of(options.search);
  runs.audit = options.search.audit;
  runs.jobs = options.jobs;
  runs.fail_fast = options.fail_fast;
  runs.is_timed = options.timing;
  if (options.total_time_max != 0)
    runs.time_max = std::chrono::milliseconds(options.total_time_max);
  runs.keeps_findings = options.accept || options.coverage;
  runs.add = [has_traces](const Candidate& one, const Finding& finding, report::CheckRow& row) {
    add_story(one, finding, row);
    if (has_traces) add_trace_page(one, finding, row);
  };
  return runs;
}

std::size_t not_run(const std::vector<RunOf>& runs) {
  return static_cast<std::size_t>(
      std::ranges::count_if(runs, [](const RunOf& run) { return !run.row.not_run.empty(); }));
}

Status accept(const std::vector<Candidate>& candidates, std::vector<RunOf>& runs) {
  std::vector<Found> all;
  for (std::size_t i = 0; i < runs.size(); ++i)
    if (runs[i].finding) all.push_back({&candidates[i], std::move(*runs[i].finding)});
  return accept(all);
}

Status check(const CheckOptions& options, const CLI::App& command) {
  if (options.accept) check_acceptable(options);
  std::optional<report::CheckPart> part = part_of(command, options.choice);
  ReportFiles files(options.reports);
  if (part) files.set_part(*part);
  const RunsOptions how = runs_options(options, files.has_traces());
  if (!options.accept) files.write({row_of({"stalemate", 1, not_so_far, ""})});
  std::vector<BadFile> bad;
  const kernel::Overrides overrides = overrides_of(options.scenario, options.paths);
  std::vector<Candidate> candidates =
      options.accept ? load_all(options.paths, overrides)
                     : load_right(options.paths, overrides, bad, files.paths());
  candidates = chosen(std::move(candidates), options.choice, bad);
  if (part) {
    describe_whole(candidates, *part);
    files.set_part(*part);
    candidates = part_of(std::move(candidates), *part);
  }
  for (const BadFile& one : bad)
    std::cerr << one.text << '\n';
  say_idle_options(candidates, options.search);

  if (!options.accept) files.write(rows_of(not_run_so_far(candidates), bad));
  std::vector<RunOf> runs = run_all(candidates, how, [&](const std::vector<RunOf>& so_far) {
    if (!options.accept && files.is_due()) files.write(rows_of(so_far, bad));
  });

  Status status = bad.empty() ? as_expected : bad_input;
  CommonCoverage coverage;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    status = gravest(status, runs[i].status);
    if (options.coverage && runs[i].finding)
      coverage.add(candidates[i].name(), candidates[i].model, runs[i].finding->result.coverage);
  }
  if (options.coverage) write_coverage(coverage);
  if (options.accept) {
    status = accept(candidates, runs);
  } else {
    const auto rows = rows_of(runs, bad);
    files.write_stdout(rows);
    files.write(rows);
  }
  if (const std::size_t left = not_run(runs); left > 0)
    std::cerr << fmt::format("stalemate: {}, {} of {} scenarios were not run\n",
                             is_interrupted() ? "interrupted" : "stopped",
                             left,
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
  add_report_options(*command, options->reports);
  command->add_flag("--accept",
                    options->accept,
                    "Write what is found into the files, as what is expected from now on, where "
                    "nothing or something else is; read it first");
  command->add_flag("--timing", options->timing, "Say how long each search took");
  command->add_flag(
      "--coverage", options->coverage, "List on stderr what no scenario's processes ever do");
  command->add_flag(
      "--fail-fast", options->fail_fast, "Run nothing behind the first that is not as expected");
  command->add_option("--jobs", options->jobs, "Search so many at once; the result is the same")
      ->type_name("N")
      ->check(between(1, jobs_max));
  add_choice_options(*command, options->choice);
  add_scenario_options(*command, options->scenario);
  add_claim_option(*command, options->scenario);
  add_search_options(*command, options->search);
  command
      ->add_option("--total-time-max",
                   options->total_time_max,
                   "Stop the whole run after this time; --time-max is for each search")
      ->type_name("TIME")
      ->transform(duration())
      ->group(limits_group);
  command->footer(
      "Examples:\n"
      "  stalemate check scenarios\n"
      "  stalemate check --format json --time-max 1min scenarios/iomap\n"
      "  stalemate check --jobs 4 --total-time-max 10min --report junit=junit.xml --report "
      "sarif=races.sarif scenarios\n"
      "  stalemate check --shard 1/4 --report json=part1.json scenarios\n"
      "  stalemate check --failed-only part1.json scenarios\n"
      "  stalemate check --accept my-scenario.json");
  command->callback([options, command, &action] {
    action = [options, command] { return check(*options, *command); };
  });
}

} // namespace stalemate::cli
