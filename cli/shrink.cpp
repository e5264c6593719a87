#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/shrunk.hpp"
#include "cli/usage.hpp"
#include "model/inquiry/simpler.hpp"
#include "reports/shrink_report.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string>

namespace stalemate::cli {

namespace {

struct ShrinkOptions {
  std::string file;
  std::string output = "-";
  std::string format = "text";
  SearchOptions search;
  ScenarioOptions scenario;
};

report::ShrinkSize size_of(const std::string& text) {
  const kernel::inquiry::Size size = kernel::inquiry::size_of(text);
  return {size.processes, size.blocks, size.edits, size.knobs, size.values};
}

report::ShrinkReport report_of(const Candidate& original, const Shrunk& shrunk) {
  report::ShrinkReport report;
  report.scenario = original.name();
  report.mechanism = shrunk.mechanism;
  report.before = size_of(original.file->text_of(original.scenario));
  report.after = size_of(shrunk.text);
  report.has_fewest_processes = shrunk.has_fewest_processes;
  report.steps = shrunk.finding.shown().schedule.size();
  report.tries = shrunk.tries;
  report.undecided = shrunk.undecided;
  if (!shrunk.preempted) return report;
  report.preemptions.emplace();
  const ir::Model& model = shrunk.candidate.model;
  for (const Preemption& one : shrunk.preempted->preemptions) {
    const ir::Process& process = model.processes[static_cast<std::size_t>(one.process)];
    const ir::Step& step = process.steps[static_cast<std::size_t>(one.step)];
    report.preemptions->push_back({process.name, ir::step_name(model, step)});
  }
  return report;
}

Status shrink(const ShrinkOptions& options) {
  expect_writable(options.output);
  const Candidate original = load_one(options.file, overrides_of(options.scenario, {options.file}));
  const Shrunk shrunk = shrink(original, limits_of(options.search));
  const report::ShrinkReport report = report_of(original, shrunk);
  if (options.format == "json") {
    report::write_shrink_json(report, shrunk.text, std::cout);
  } else {
    report::write_shrink_text(report, std::cout);
    if (options.output == "-") std::cout << '\n' << shrunk.text;
  }
  flush_stdout();
  if (options.output != "-") write_output(options.output, shrunk.text);
  return shrunk.undecided > 0 ? not_complete : as_expected;
}

} // namespace

void add_shrink(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ShrinkOptions>();
  CLI::App* command = app.add_subcommand(
      "shrink", "The smallest scenario with the same race, and how hard the race is to hit");
  command
      ->add_option(
          "scenario",
          options->file,
          "One variant of a file, or of the scenario with this id, that breaks; - is stdin")
      ->type_name("FILE[#VARIANT]")
      ->required();
  command
      ->add_option("-o,--output",
                   options->output,
                   "Where to write the scenario; behind the report if absent")
      ->type_name("FILE");
  command->add_option("--format", options->format, "Of the report: text or json")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "json"}));
  add_scenario_options(*command, options->scenario);
  add_claim_option(*command, options->scenario);
  add_limits(*command, options->search);
  command->footer(
      "Processes, their options, blocks, cached data, edits, knobs and all else are taken away as\n"
      "long as the same claim breaks by the same mechanism: the last step is of the same path and\n"
      "function and goes by the same stale value; or the same paths wait for the same things.\n"
      "Preemptions are context switches at a step that could have gone on. They are exact: no run\n"
      "of the shrunk scenario breaks the claim with fewer.\n"
      "Status 3 says that some smaller scenarios were left undecided by a limit.\n\n"
      "Examples:\n"
      "  stalemate shrink R1#none-two-folios\n"
      "  stalemate shrink my-scenario.json#broken -o smallest.json\n"
      "  stalemate shrink R1#none --format json --states-max 100000");
  command->callback([options, &action] { action = [options] { return shrink(*options); }; });
}

} // namespace stalemate::cli
