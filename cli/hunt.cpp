#include "reports/hunt.hpp"
#include "cli/commands.hpp"
#include "cli/hunted.hpp"
#include "cli/known.hpp"
#include "cli/output.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/shrunk.hpp"
#include "cli/usage.hpp"
#include "cli/version.hpp"
#include "model/inquiry/simpler.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/variety.hpp"
#include "model/scenario/version.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stalemate::cli {

namespace {

using kernel::inquiry::Bounds;
using kernel::inquiry::Enumeration;

constexpr std::uint64_t small_states_max = 20'000;
constexpr std::size_t journal_bytes_max = std::size_t{64} << 20U;

struct HuntOptions {
  std::string section = "file";
  std::string kernel;
  Bounds bounds;
  std::vector<std::string> varied;
  std::vector<std::string> known;
  std::string output;
  std::string state;
  std::string format = "text";
  int jobs = 1;
  std::uint64_t scenarios_max = 0;
  std::uint64_t total_time_max = 0;
  SearchOptions search;
  ScenarioOptions scenario;
};

/// Not before extensions are loaded: looking closes the tables that they add to.
std::vector<std::string> sections() {
  std::vector<std::string> names;
  for (const kernel::Subsystem& one : kernel::subsystems())
    if (kernel::variety_of(one) != nullptr) names.push_back(one.section);
  return names;
}

void check_section(const std::string& section) {
  const std::vector<std::string> known = sections();
  if (std::ranges::find(known, section) == known.end())
    throw UsageError("--section: " + kernel::unknown("section", section, known));
}

const kernel::Subsystem& subsystem_of(const std::string& section) {
  return *std::ranges::find(kernel::subsystems(), section, &kernel::Subsystem::section);
}

/// What all scenarios of the hunt say, and some layout and process.
kernel::ScenarioFile common_file(const HuntOptions& options) {
  const kernel::Subsystem& subsystem = subsystem_of(options.section);
  ScenarioOptions scenario = options.scenario;
  if (!options.kernel.empty())
    scenario.set.insert(scenario.set.begin(), "version=" + options.kernel);
  const auto path = std::ranges::find(subsystem.paths, false, &kernel::PathEntry::automatic);
  const Json some = {
      {"id", "hunt"},
      {"title", "Found by a hunt"},
      {subsystem.section, kernel::variety_of(subsystem)->layouts(1, {}).front().section},
      {"processes", Json::array({{{"path", path->name}}})}};
  return {"hunt", some.dump(), overrides_of(scenario, {})};
}

std::vector<std::string> kernel_words(const HuntOptions& options) {
  std::vector<std::string> words;
  words.push_back(options.kernel.empty() ? kernel::name_of(kernel::newest) : options.kernel);
  for (const std::string& one : options.scenario.set)
    words.push_back("--set " + one);
  for (const std::string& one : options.scenario.patch)
    words.push_back("--patch " + std::filesystem::path(one).filename().string());
  for (const std::string& one : options.scenario.claims)
    words.push_back("--claim " + one);
  return words;
}

std::string set_text(const HuntOptions& options) {
  const kernel::Variety& variety = *kernel::variety_of(subsystem_of(options.section));
  const int processes = options.bounds.processes;
  std::string text = fmt::format("up to {} process{} out of {}",
                                 processes,
                                 processes == 1 ? "" : "es",
                                 options.bounds.paths.empty()
                                     ? fmt::format("all paths of \"{}\"", options.section)
                                     : fmt::to_string(fmt::join(options.bounds.paths, ", ")));
  if (!options.bounds.together.empty())
    text += fmt::format(", with {} in each", fmt::join(options.bounds.together, " and "));
  if (!variety.unit.empty())
    text += fmt::format(" over layouts of up to {} {}{}",
                        options.bounds.size,
                        variety.unit,
                        options.bounds.size == 1 ? "" : "s");
  if (!options.bounds.varied.empty())
    text += fmt::format(", {} varied", fmt::join(options.bounds.varied, " and "));
  return text;
}

/// The set in a form that names all that the result depends on but how far the hunt goes.
std::string identity_of(const HuntOptions& options, const Json& common, const Limits& limits) {
  return fmt::format("stalemate {}: {}; {} states; {}",
                     program_version,
                     set_text(options),
                     limits.states_max,
                     common.dump());
}

/// "buffered_write, reclaim, writeback"
std::string processes_of(const Json& scenario) {
  std::vector<std::string> paths;
  for (const Json& process : scenario["processes"])
    paths.push_back(process["path"].get<std::string>());
  std::ranges::sort(paths);
  return fmt::to_string(fmt::join(paths, ", "));
}

/// Makes the races of the totals small, and writes them into the folder.
class Teller {
 public:
  Teller(const HuntOptions& options, const Limits& limits, const KnownRaces& known)
      : options_(options), limits_(limits), known_(known) {}

  [[nodiscard]] std::vector<report::HuntRace> races(const HuntTotals& totals) {
    std::vector<report::HuntRace> all;
    for (const HuntTotals::Race& found : totals.races) {
      report::HuntRace race;
      race.mechanism = found.mechanism;
      race.scenarios = found.scenarios;
      race.known = known_.names(found.mechanism);
      const int smallest = std::ranges::min(found.starts, {}, &HuntTotals::Start::size).size;
      std::map<std::string, std::string> starts; // By scenario, without its name.
      for (const HuntTotals::Start& one : found.starts) {
        race.starts.push_back({one.start, one.scenarios, "", "", "", "", 0, {}});
        if (one.size == smallest)
          shrink(one, fmt::format("race-{}", all.size() + 1), starts, race.starts.back());
      }
      all.push_back(std::move(race));
    }
    return all;
  }

 private:
  void shrink(const HuntTotals::Start& found,
              const std::string& name,
              std::map<std::string, std::string>& starts,
              report::HuntStart& start) {
    Json named = Json::parse(found.text);
    named["id"] = name;
    named["title"] = "Found by a hunt, from " + found.start;
    const auto file = std::make_shared<const kernel::ScenarioFile>(name, named.dump());
    const kernel::Scenario& scenario = file->scenarios().front();
    const Candidate candidate{file, scenario, kernel::build_model(scenario), {}};
    const auto shrunk = made_small(candidate);
    if (!shrunk) { // Its end is no claim of the scenario, or only all claims together show it.
      starts.emplace(found.text, found.start);
      start.scenario = kernel::inquiry::laid_out(named.dump());
      start.processes = processes_of(named);
      return write(name, starts.size(), start);
    }
    Json small = Json::parse(shrunk->text);
    const std::string key = [&] {
      Json unnamed = small;
      for (const char* text : {"id", "title", "source"})
        unnamed.erase(text);
      return unnamed.dump();
    }();
    if (const auto [same, is_new] = starts.emplace(key, found.start); !is_new) {
      start.same_as = same->second;
      return;
    }
    start.processes = processes_of(small);
    start.steps = shrunk->finding.shown().schedule.size();
    if (shrunk->preempted) start.preemptions = shrunk->preempted->preemptions.size();
    start.scenario = shrunk->text;
    write(name, starts.size(), start);
  }

  [[nodiscard]] std::optional<Shrunk> made_small(const Candidate& candidate) const {
    try {
      return cli::shrink(candidate, limits_);
    } catch (const kernel::InputError&) {
      return std::nullopt;
    }
  }

  /// `number`: of the scenario among those of the race.
  void write(const std::string& name, std::size_t number, report::HuntStart& start) const {
    if (options_.output.empty()) return;
    const std::string id = name + (number == 1 ? "" : fmt::format("-{}", number));
    Json scenario = Json::parse(start.scenario);
    scenario["id"] = id;
    start.scenario = kernel::inquiry::laid_out(scenario.dump());
    start.file = id + ".json";
    write_output((std::filesystem::path(options_.output) / start.file).string(), start.scenario);
  }

  const HuntOptions& options_;
  const Limits& limits_;
  const KnownRaces& known_;
};

void check_edits(const HuntTotals& totals) {
  const auto never = std::ranges::find(totals.applied, false);
  if (never == totals.applied.end()) return;
  throw kernel::InputError(fmt::format("--patch: edit {} changes nothing in any scenario: {}",
                                       never - totals.applied.begin(),
                                       totals.refusal));
}

Status hunt(HuntOptions options) {
  check_section(options.section);
  options.bounds.varied = {options.varied.begin(), options.varied.end()};
  Limits limits = limits_of(options.search);
  if (options.search.states_max == 0) limits.states_max = small_states_max;
  limits.memory_max = Limits::unlimited; // So many states fit.
  KnownRaces known;
  for (const std::string& path : options.known)
    known.add(path);
  const kernel::ScenarioFile file = common_file(options);
  kernel::Scenario base = file.scenarios().front();
  base.processes.clear();
  Json common = Json::parse(file.text_of(file.scenarios().front()));
  for (const char* varied : {options.section.c_str(), "processes"})
    common.erase(varied);
  Enumeration scenarios(base, options.bounds);

  const std::string identity = identity_of(options, common, limits);
  HuntTotals totals;
  std::error_code error;
  if (!options.output.empty()) std::filesystem::create_directories(options.output, error);
  if (!options.state.empty() && std::filesystem::exists(options.state, error))
    totals = HuntTotals::of_journal(
        kernel::read_text(options.state, journal_bytes_max), identity, options.state);
  HuntWay way{limits, options.jobs, Limits::unlimited, {}};
  if (options.scenarios_max != 0) way.scenarios_max = options.scenarios_max;
  if (options.total_time_max != 0) way.time_max = std::chrono::milliseconds(options.total_time_max);

  report::Hunt report;
  report.stopped = hunt_on(scenarios, common, way, totals, [&](const HuntTotals& so_far) {
    if (!options.state.empty()) write_output(options.state, so_far.journal(identity));
  });
  if (!report.stopped) check_edits(totals);
  report.set = set_text(options);
  report.kernel = kernel_words(options);
  report.layouts = scenarios.grounds().size();
  report.layouts_refused = scenarios.refused_layouts();
  report.scenarios = scenarios.count();
  report.refused = totals.refused;
  report.vacuous = totals.vacuous;
  report.held = totals.held;
  report.broken = totals.broken;
  report.undecided = totals.undecided;
  report.states = totals.states;
  report.states_max = limits.states_max;
  report.races = Teller(options, limits, known).races(totals);
  if (options.format == "json")
    report::write_hunt_json(report, std::cout);
  else if (options.format == "markdown")
    report::write_hunt_markdown(report, std::cout);
  else
    report::write_hunt_text(report, std::cout);
  flush_stdout();
  const bool is_new = std::ranges::any_of(
      report.races, [](const report::HuntRace& race) { return race.known.empty(); });
  return gravest(is_new ? not_as_expected : as_expected,
                 report.is_whole() ? as_expected : not_complete);
}

void add_set_options(CLI::App& command, HuntOptions& options) {
  constexpr int processes_max = 8;
  constexpr int size_max = 4;
  const char* group = "Which scenarios";
  command.add_option("--section", options.section, "What they are about: file, dax, ...")
      ->type_name("NAME")
      ->capture_default_str()
      ->group(group);
  command.add_option("--kernel", options.kernel, "The version; the newest if absent")
      ->type_name("VERSION")
      ->group(group);
  command.add_option("--processes", options.bounds.processes, "At most so many in each")
      ->type_name("N")
      ->capture_default_str()
      ->check(between(1, processes_max))
      ->group(group);
  command
      .add_option("--blocks",
                  options.bounds.size,
                  "At most so many blocks of the file, or offsets of a DAX file, or pages in swap")
      ->type_name("N")
      ->capture_default_str()
      ->check(between(1, size_max))
      ->group(group);
  command
      .add_option("--paths", options.bounds.paths, "Only these run; all of the section if absent")
      ->type_name("PATH,...")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(group);
  command.add_option("--with-paths", options.bounds.together, "These are all there in each")
      ->type_name("PATH,...")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(group);
  command
      .add_option("--vary",
                  options.varied,
                  "Options of paths, and numbers and lists of the layout, that are as usual "
                  "otherwise: async, times, write_errors, disk, ...")
      ->type_name("NAME,...")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(group);
}

} // namespace

void add_hunt(CLI::App& app, Action& action) {
  const auto options = std::make_shared<HuntOptions>();
  CLI::App* command = app.add_subcommand(
      "hunt", "Every small scenario of a kernel, and each race that is in them once");
  add_set_options(*command, *options);
  add_scenario_options(*command, options->scenario);
  add_claim_option(*command, options->scenario);
  command
      ->add_option("--known",
                   options->known,
                   "Races that are no news: a list such as docs/findings.json, or scenarios that "
                   "have them; may be given again")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command->add_option("-o,--output", options->output, "Write a scenario for each race into it")
      ->type_name("FOLDER");
  command->add_option("--format", options->format, "Of the result: text, markdown or json")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "markdown", "json"}));
  command
      ->add_option("--state",
                   options->state,
                   "Go on from what is written there, and write down how far the hunt is")
      ->type_name("FILE");
  constexpr int jobs_max = 64;
  command->add_option("--jobs", options->jobs, "Search so many at once; the result is the same")
      ->type_name("N")
      ->check(between(1, jobs_max));
  add_limits(*command, options->search);
  command->add_option("--total-time-max", options->total_time_max, "Stop the hunt after this time")
      ->type_name("TIME")
      ->transform(duration())
      ->group(limits_group);
  command->add_option("--scenarios-max", options->scenarios_max, "Stop the hunt after so many")
      ->type_name("N")
      ->check(positive())
      ->group(limits_group);
  command->footer(
      "Goes through every layout that can exist and every set of processes on it, fewer processes\n"
      "and smaller layouts first. Options that are places, such as `at`, have all their values;\n"
      "all else is as usual unless --vary names it, and each daemon is there once at most. A race\n"
      "is what `shrink` takes for one; a scenario that breaks tells of one, and may hide others.\n"
      "The last line says what was covered: if nothing breaks there, that is a proof for all of\n"
      "these scenarios. A search ends at 20000 states unless --states-max says otherwise.\n"
      "Status 1 says that there are races that --known does not name, 3 that something is not\n"
      "decided.\n\n"
      "Examples:\n"
      "  stalemate hunt --paths buffered_write,writeback,reclaim\n"
      "  stalemate hunt --kernel v6.1 --set iomap_valid=none --paths "
      "buffered_write,writeback,reclaim -o races\n"
      "  stalemate hunt --kernel v6.18 --processes 2 --known docs/findings.json --jobs 2\n"
      "  stalemate hunt --blocks 2 --state hunt.json --total-time-max 1h");
  command->callback([options, &action] { action = [options] { return hunt(*options); }; });
}

} // namespace stalemate::cli
