#include "checker/result/common_coverage.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/output.hpp"
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
};

report::Outcome expected(const kernel::Expectation& expect) {
  using Outcome = kernel::Expectation::Outcome;
  switch (expect.outcome) {
  case Outcome::holds:
    return {Verdict::holds, ""};
  case Outcome::violated:
    return {Verdict::violated, expect.property};
  case Outcome::latent:
    return {Verdict::latent, expect.property};
  case Outcome::deadlock:
    return {Verdict::deadlock, ""};
  case Outcome::livelock:
    return {Verdict::livelock, expect.property};
  case Outcome::starvation:
    return {Verdict::starvation, expect.property};
  case Outcome::unreachable:
    return {Verdict::unreachable, expect.property};
  case Outcome::stuck:
    break;
  }
  return {Verdict::stuck, expect.property};
}

report::Outcome found(const ir::Model& model, const Result& result) {
  const std::string property =
      names_property(result.verdict)
          ? model.properties[static_cast<std::size_t>(result.property)].name
          : "";
  return {result.verdict, property, result.omission};
}

report::CheckRow row(const Candidate& candidate, const Finding& finding, bool is_timed) {
  report::CheckRow row;
  row.scenario = candidate.scenario.id;
  row.variant = candidate.scenario.variant;
  row.expected = expected(candidate.scenario.expect);
  row.found = found(candidate.model, finding.result);
  row.ok = finding.status() == as_expected;
  row.reasons = finding.surprises;
  if (!finding.result.reason.empty()) row.reasons = {finding.result.reason};
  row.reasons.insert(row.reasons.end(), finding.hints.begin(), finding.hints.end());
  row.counts = finding.result.counts;
  if (!finding.within.empty()) {
    row.executions = finding.executions;
    if (row.found.verdict == Verdict::holds) row.found.property = "within " + finding.within;
  }
  if (finding.trace) row.trace_length = finding.trace->steps.size();
  if (is_timed) row.time_ms = static_cast<std::uint64_t>(finding.time.count());
  return row;
}

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
  const std::vector<Candidate> candidates = load_all(options.paths);
  std::vector<report::CheckRow> rows;
  CommonCoverage coverage;
  Status status = as_expected;
  for (const Candidate& candidate : candidates) {
    if (is_interrupted()) break;
    const Finding finding = find(candidate, limits, reductions);
    audit(candidate, options.search.audit);
    rows.push_back(row(candidate, finding, options.timing));
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
  add_search_options(*command, options->search);
  command->footer("Examples:\n"
                  "  stalemate check scenarios\n"
                  "  stalemate check --format json --time-max 1min scenarios/iomap");
  command->callback([options, &action] { action = [options] { return check(*options); }; });
}

} // namespace stalemate::cli
