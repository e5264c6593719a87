#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/output.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/signals.hpp"
#include "cli/teeth_of.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/subsystem.hpp"
#include "reports/json.hpp"
#include "reports/teeth_html.hpp"
#include "reports/teeth_json.hpp"
#include "reports/teeth_text.hpp"

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
  std::string section;
  std::string format = "text";
  std::string expect;
  std::string explained;
  std::vector<std::string> from;
  bool all = false;
  int smallest = 0;
  int jobs = 1;
  SearchOptions search;
  ScenarioOptions scenario;
};

constexpr int jobs_max = 256;
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

void write_teeth(const TeethOptions& options, const std::vector<report::Teeth>& all) {
  if (options.format == "markdown") return report::write_teeth_markdown(all, std::cout);
  if (options.format == "html") return report::write_teeth_html(all, std::cout);
  for (const report::Teeth& teeth : all) {
    if (options.format == "json")
      report::write_teeth_json(teeth, std::cout);
    else
      report::write_teeth_text(teeth, options.all, std::cout);
  }
}

report::Teeth read_report(const std::string& file) {
  try {
    return report::read_teeth_json(kernel::read_text(file, report_bytes_max));
  } catch (const report::JsonError& error) {
    throw kernel::InputError(fmt::format("{}:{}", kernel::printable(file, 300), error.what()));
  }
}

void keep_section(std::vector<Candidate>& candidates, const std::string& section) {
  if (section.empty()) return;
  std::vector<std::string> known;
  for (const Candidate& candidate : candidates) {
    const std::string& one = candidate.scenario.subsystem->section;
    if (std::ranges::find(known, one) == known.end()) known.push_back(one);
  }
  if (std::ranges::find(known, section) == known.end())
    throw UsageError("--section: " + kernel::unknown("section", section, known));
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return candidate.scenario.subsystem->section != section;
  });
}

// What was expected and is not told, on stderr: the report may be for a machine.
Status compared(const report::Teeth& expected, const report::Teeth& teeth) {
  const auto all = report::differences(teeth, expected);
  for (const std::string& one : all)
    std::cerr << one << '\n';
  return all.empty() ? as_expected : not_as_expected;
}

// What the explanations say of what is owed. One that explains nothing is a mistake in them.
void explain(const TeethOptions& options, report::Teeth& teeth) {
  if (options.explained.empty()) return;
  const std::string& file = options.explained;
  std::vector<std::string> idle;
  try {
    idle = report::explain(teeth,
                           report::read_explanations(kernel::read_text(file, report_bytes_max)));
  } catch (const report::JsonError& error) {
    throw kernel::InputError(fmt::format("{}:{}", kernel::printable(file, 300), error.what()));
  }
  if (!idle.empty() && !is_interrupted()) // Else what they explain may not have been tried.
    throw kernel::InputError(
        fmt::format("{}: {}", kernel::printable(file, 300), fmt::join(idle, "\n")));
}

// "dax" of scenarios/dax/, "R1#valid" of itself.
std::string title_of_report(const std::vector<std::string>& scenarios) {
  if (scenarios.size() > 1) return "";
  std::string title = scenarios.front();
  while (title.size() > 1 && title.back() == '/')
    title.pop_back();
  return title.substr(title.rfind('/') + 1);
}

Status write_again(const TeethOptions& options) {
  if (!options.scenarios.empty() || !options.expect.empty())
    throw UsageError(
        "--from writes reports that are there: it goes neither with PATH nor with --expect");
  if (options.format == "json" && options.from.size() > 1)
    throw UsageError("--format json: of one report only");
  if (!options.explained.empty() && options.from.size() > 1)
    throw UsageError("--explained: of one report only");
  std::vector<report::Teeth> all;
  for (const std::string& file : options.from)
    all.push_back(read_report(file));
  explain(options, all.front());
  write_teeth(options, all);
  flush_stdout();
  return as_expected;
}

Status teeth(const TeethOptions& options) {
  if (!options.from.empty()) return write_again(options);
  if (options.scenarios.empty()) throw UsageError("PATH is missing, or --from; try --help");
  std::vector<Candidate> candidates =
      load_all(options.scenarios, overrides_of(options.scenario, options.scenarios));
  keep_section(candidates, options.section);
  check_paths(candidates, options);
  report::Teeth expected; // Read before what takes hours.
  if (!options.expect.empty()) expected = read_report(options.expect);
  Limits limits = limits_of(options.search);
  if (options.search.states_max == 0) limits.states_max = teeth_states_max;
  report::Teeth found =
      teeth_of(candidates,
               {options.paths, limits, static_cast<std::size_t>(options.smallest), options.jobs});
  found.title = options.section.empty() ? title_of_report(options.scenarios) : options.section;
  explain(options, found);
  write_teeth(options, {found});
  flush_stdout();
  if (!options.expect.empty()) return compared(expected, found);
  const bool is_whole = found.left_out.empty() && report::counts_of(found.teeth).undecided == 0;
  return is_whole ? as_expected : not_complete;
}

} // namespace

void add_teeth(CLI::App& app, Action& action) {
  const auto options = std::make_shared<TeethOptions>();
  CLI::App* command = app.add_subcommand(
      "teeth", "Which locks, tests and steps the claims need: changes the kernel, one by one");
  command
      ->add_option("path", options->scenarios, "Folders, files, single variants; those that hold")
      ->type_name("PATH");
  command->add_option("--path", options->paths, "Change this kernel path only; several if repeated")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      ->add_option("--section", options->section, "Only scenarios about this: file, dax, anon, ...")
      ->type_name("NAME");
  command->add_option("--format", options->format, "Of the result: text, markdown, html or json")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "markdown", "html", "json"}));
  command->add_flag(
      "--all", options->all, "Of text also what makes no other program, or never runs");
  command
      ->add_option("--expect",
                   options->expect,
                   "A report as JSON: what comes out otherwise is listed on stderr, status 1")
      ->type_name("FILE");
  command
      ->add_option("--explained",
                   options->explained,
                   "A list as JSON of what no claim has to mind: path, step, edit (patterns), why")
      ->type_name("FILE");
  command
      ->add_option("--from",
                   options->from,
                   "Write this report, made with --format json, instead; several if repeated")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      ->add_option("--smallest",
                   options->smallest,
                   "Of each kernel path also its N smallest scenarios beyond --states-max")
      ->type_name("N")
      ->check(between(0, 1000));
  command->add_option("--jobs", options->jobs, "Search so many at once; the result is the same")
      ->type_name("N")
      ->check(between(1, jobs_max));
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
