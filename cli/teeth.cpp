#include "reports/teeth.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/mutated.hpp"
#include "cli/output.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "reports/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

struct TeethOptions {
  std::vector<std::string> scenarios;
  std::vector<std::string> paths;
  std::string format = "text";
  std::string expect;
  bool all = false;
  SearchOptions search;
  ScenarioOptions scenario;
};

constexpr std::uint64_t mutant_states_max = 100'000; // Of each of thousands of searches.
constexpr std::size_t report_bytes_max = std::size_t{64} << 20U;

void check_paths(const std::vector<Candidate>& candidates, const TeethOptions& options) {
  std::vector<std::string> known;
  for (const Candidate& candidate : candidates)
    for (const ir::Process& process : candidate.model.processes)
      if (std::ranges::find(known, process.path) == known.end()) known.push_back(process.path);
  for (const std::string& path : options.paths)
    if (std::ranges::find(known, path) == known.end())
      throw UsageError(
          fmt::format("--path: {}; no scenario runs it", kernel::unknown("path", path, known)));
}

void write_teeth(const TeethOptions& options, const report::Teeth& teeth) {
  if (options.format == "json") return report::write_teeth_json(teeth, std::cout);
  if (options.format == "markdown") return report::write_teeth_markdown(teeth, std::cout);
  report::write_teeth_text(teeth, options.all, std::cout);
}

// What was expected and is not told, on stderr: the report may be for a machine.
Status compared(const TeethOptions& options, const report::Teeth& teeth) {
  try {
    const std::string text = kernel::read_text(options.expect, report_bytes_max);
    const auto all = report::differences(teeth, text);
    for (const std::string& one : all)
      std::cerr << one << '\n';
    return all.empty() ? as_expected : not_as_expected;
  } catch (const report::JsonError& error) {
    throw kernel::InputError(
        fmt::format("{}:{}", kernel::printable(options.expect, 300), error.what()));
  }
}

Status teeth(const TeethOptions& options) {
  const std::vector<Candidate> candidates =
      load_all(options.scenarios, overrides_of(options.scenario, options.scenarios));
  check_paths(candidates, options);
  Limits limits = limits_of(options.search);
  if (options.search.states_max == 0) limits.states_max = mutant_states_max;
  const report::Teeth found = teeth_of(candidates, options.paths, limits);
  write_teeth(options, found);
  flush_stdout();
  const bool is_whole =
      found.left_out.empty() && report::count_of(found, report::Tooth::Outcome::undecided) == 0;
  if (!options.expect.empty()) return compared(options, found);
  return is_whole ? as_expected : not_complete;
}

} // namespace

void add_teeth(CLI::App& app, Action& action) {
  const auto options = std::make_shared<TeethOptions>();
  CLI::App* command = app.add_subcommand(
      "teeth", "Which locks, tests and steps the claims need: changes the kernel, one by one");
  command
      ->add_option("path", options->scenarios, "Folders, files, single variants; those that hold")
      ->type_name("PATH")
      ->required();
  command->add_option("--path", options->paths, "Change this kernel path only; several if repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command->add_option("--format", options->format, "Of the result: text, markdown or json")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "markdown", "json"}));
  command->add_flag(
      "--all", options->all, "Of text also what makes no other program, or never runs");
  command
      ->add_option("--expect",
                   options->expect,
                   "A report as JSON: what comes out otherwise is listed on stderr, status 1")
      ->type_name("FILE");
  add_scenario_options(*command, options->scenario);
  add_claim_option(*command, options->scenario);
  add_limits(*command, options->search);
  command->footer(
      "Each lock is not taken, each step does not happen, each wait is skipped, each test passed "
      "by,\n"
      "each way of a test taken always, each assignment forgotten, each step parted behind each\n"
      "assignment, and each step put behind the next one: one at a time, in every scenario that\n"
      "holds and has the step, the smallest first, until a claim notices. \"nothing notices\" "
      "says\n"
      "that what was changed is not needed there, or that a claim or a scenario is missing.\n"
      "A search ends at 100000 states unless --states-max says otherwise; status 3 says that some\n"
      "did.\n\n"
      "Examples:\n"
      "  stalemate teeth R1#valid\n"
      "  stalemate teeth scenarios/iomap --path buffered_write --format markdown\n"
      "  stalemate teeth scenarios/swap --format json > teeth.json\n"
      "  stalemate teeth scenarios/swap --expect teeth.json");
  command->callback([options, &action] { action = [options] { return teeth(*options); }; });
}

} // namespace stalemate::cli
