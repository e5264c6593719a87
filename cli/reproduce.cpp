#include "checker/outside/command.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/output.hpp"
#include "cli/reach.hpp"
#include "cli/saved_trace.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/selection.hpp"
#include "cli/tried_kernel.hpp"
#include "cli/usage.hpp"
#include "cli/write_trace.hpp"
#include "model/scenario/cast.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/knob.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/scenario/version.hpp"
#include "reports/trace_json.hpp"
#include "reports/wrap.hpp"
#include "reproduce/folder.hpp"
#include "reproduce/kernel_map.hpp"
#include "reproduce/play.hpp"
#include "reproduce/refusal.hpp"
#include "reproduce/schedule.hpp"
#include "reproduce/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

namespace fs = std::filesystem;

struct ReproduceOptions {
  std::string what;
  KernelOptions kernel;
  std::string folder;
  bool is_dry = false;
  reproduce::Runs runs;
  ScenarioOptions scenario;
  SearchOptions search;
};

/// What is to happen in the kernel, and what the model says that comes of it.
struct Attempt {
  std::string name; ///< R1#none.
  report::SavedTrace trace;
  std::string json;                 ///< The same as it was saved.
  bool is_harmless = false;         ///< A run to the end of a variant that holds.
  std::vector<std::string> remarks; ///< About where the model's kernel is another one.
};

// The folder beside that of the scenarios.
std::string kit_folder() {
  return (fs::path(library_folder()).parent_path() / "reproduce").string();
}

// --- What is tried ----------------------------------------------------------------------------

// What shows one user's memory or data to another, or writes where only he may, is no matter for a
// program that anyone can run.
void refuse_secrets(const Attempt& attempt) {
  const auto copies_short = [](const report::SavedProcess& process) {
    const auto found = process.options.find("short_copies");
    return found != process.options.end() && found->second > 0;
  };
  const std::initializer_list<const char*> kept{"no_foreign_data",
                                                "no_foreign_data_after_a_crash",
                                                "writes_own_block",
                                                "clone_keeps_its_data"};
  if (std::ranges::find(kept, attempt.trace.property) != kept.end() ||
      std::ranges::any_of(attempt.trace.processes, copies_short))
    throw UsageError(fmt::format("{}: one user may see or change what is another's: no program for "
                                 "that is written here, see SECURITY.md",
                                 attempt.name));
}

// That everyone who comes to an end has come there.
std::string all_done(const kernel::Scenario& scenario) {
  std::string text;
  for (const kernel::Cast& process : kernel::cast_of(scenario, scenario.subsystem->paths)) {
    const auto& paths = scenario.subsystem->paths;
    const auto path = std::ranges::find(paths, process.path, &kernel::PathEntry::name);
    if (path == paths.end() || path->is_daemon) continue;
    text += fmt::format("{}done({})", text.empty() ? "" : " && ", process.name);
  }
  return text;
}

Candidate
candidate_of(const ReproduceOptions& options, const std::string& version, ScenarioOptions& asks) {
  const auto load = [&] { return load_one(options.what, overrides_of(asks, {options.what})); };
  Candidate candidate = load();
  const bool says_version = candidate.scenario.kernel.contains(kernel::version_knob_name);
  if (says_version) return candidate;
  asks.set.push_back(fmt::format("{}={}", kernel::version_knob_name, version));
  return load();
}

// Where the model of the kernel that runs cannot follow the trace.
std::string departure(const ReproduceOptions& options,
                      const report::SavedTrace& trace,
                      const std::string& version) {
  ScenarioOptions asks = options.scenario;
  std::erase_if(asks.set, [](const std::string& one) {
    return one.starts_with(std::string(kernel::version_knob_name) + "=");
  });
  asks.set.push_back(fmt::format("{}={}", kernel::version_knob_name, version));
  const Candidate candidate = load_one(options.what, overrides_of(asks, {options.what}));
  return followed(model_of(candidate, verdict_of(trace.verdict)), trace).departure;
}

Attempt of_scenario(const ReproduceOptions& options, const std::string& version) {
  ScenarioOptions asks = options.scenario;
  Candidate candidate = candidate_of(options, version, asks);
  Attempt attempt;
  attempt.name = candidate.name();
  if (candidate.scenario.subsystem->name != "iomap")
    throw UsageError(fmt::format("{}: only scenarios with \"file\" can be run: there is no program "
                                 "for {}",
                                 candidate.name(),
                                 candidate.scenario.subsystem->section));
  Finding finding = find(candidate, limits_of(options.search), reductions_of(options.search));
  if (!finding.trace && finding.result.verdict == Verdict::holds) {
    attempt.is_harmless = true;
    asks.claims.clear();
    asks.reach = all_done(candidate.scenario);
    candidate = asked(load_one(options.what, overrides_of(asks, {options.what})), asks);
    finding = find(candidate, limits_of(options.search), reductions_of(options.search));
  }
  if (!finding.trace)
    throw UsageError("there is no trace to run: " + verdict_line(candidate, finding));
  attempt.json = trace_json(candidate, asks, finding);
  attempt.trace = report::read_schedule(attempt.json);
  const std::string& of = kernel::name_of(kernel::version_of(candidate.scenario.kernel));
  if (of != version) {
    attempt.remarks.push_back(
        fmt::format("the trace is one of {}, the kernel that runs is {}", of, version));
    if (const std::string where = departure(options, attempt.trace, version); !where.empty())
      attempt.remarks.push_back(fmt::format("it is not a run of {}: {}", version, where));
  }
  if (attempt.is_harmless)
    attempt.remarks.push_back("the model holds: what is tried is one run to its end");
  return attempt;
}

Attempt attempt_of(const ReproduceOptions& options, const std::string& version) {
  const fs::path path(options.what);
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return of_scenario(options, version);
  const std::string text = kernel::read_text(options.what, trace_bytes_max);
  if (text.find("\"stalemate-trace\"") == std::string::npos) return of_scenario(options, version);
  Attempt attempt;
  attempt.json = text;
  try {
    attempt.trace = report::read_schedule(text);
  } catch (const report::TraceFileError& wrong) {
    throw kernel::InputError(
        fmt::format("{}: {}", kernel::printable(options.what, 300), wrong.what()));
  }
  attempt.name = attempt.trace.title.substr(0, attempt.trace.title.find(':'));
  attempt.is_harmless = !attempt.trace.reach.empty();
  return attempt;
}

// --- The answer ------------------------------------------------------------------------------

std::string folder_of(const ReproduceOptions& options, const std::string& name) {
  if (!options.folder.empty()) return options.folder;
  std::string plain = name;
  std::ranges::replace_if(
      plain, [](char c) { return c == '#' || c == '/' || c == ' '; }, '-');
  return "reproduced/" + plain;
}

void say(const std::string& text, int indent = 0) {
  for (const std::string& line : report::wrapped(text, 100, indent + 2))
    std::cout << std::string(static_cast<std::size_t>(indent), ' ') << line << '\n';
}

void say_what(const Attempt& attempt,
              const reproduce::Schedule& schedule,
              const std::string& kernel,
              const std::string& folder) {
  say(attempt.trace.title);
  for (const std::string& remark : attempt.remarks)
    say(remark, 2);
  const auto unknown = std::ranges::count_if(schedule.unheld, &reproduce::Unheld::is_unknown);
  say(fmt::format("{} gates for {} steps, {} of which have none{}; {}/schedule.txt says which",
                  schedule.items.size(),
                  attempt.trace.steps.size(),
                  schedule.unheld.size(),
                  unknown > 0 ? fmt::format(", {} since the map does not know them", unknown) : "",
                  folder),
      2);
  say("kernel " + kernel, 2);
}

Status run(const Attempt& attempt,
           const reproduce::KernelMap& map,
           const std::string& image,
           const std::string& folder) {
  for (const char* program : {"qemu-system-x86_64", "busybox", "cpio", "cc", "make"})
    if (!has_program(program))
      throw UsageError(fmt::format("{} is missing; `./dev reproduce` installs it", program));
  std::cerr << "stalemate: builds and boots, which takes a minute\n";
  const Ran ran = stalemate::run({"./run.sh", image}, folder);
  write_output((fs::path(folder) / "serial.log").string(), ran.out);
  const reproduce::Report report = reproduce::read_report(ran.out, map);
  for (const std::string& line : reproduce::answer(report, map)) {
    const auto indent = line.find_first_not_of(' ');
    say(line.substr(indent), static_cast<int>(indent));
  }
  if (!report.is_complete) {
    std::cerr << fmt::format("stalemate: incomplete: the guest did not come to its end, "
                             "{}/serial.log has what it printed\n",
                             folder);
    return not_complete;
  }
  const int corrupted = report.gated.corrupted;
  return (corrupted > 0) == attempt.is_harmless ? not_as_expected : as_expected;
}

Status reproduce_it(const ReproduceOptions& options) {
  const std::string kit = kit_folder();
  if (!options.kernel.source.empty() && !options.runs.forced.empty())
    throw UsageError(fmt::format("--force {}: gates that are built in cannot keep a function from "
                                 "running; with --source let it return that in the tree",
                                 options.runs.forced.front()));
  const TriedKernel kernel = tried_kernel(options.kernel, kit, options.is_dry);
  Attempt attempt = attempt_of(options, kernel.version);
  refuse_secrets(attempt);
  for (const std::string& note : reproduce::notes_on(
           attempt.trace,
           reproduce::read_programs("programs.json", reproduce::kit_text(kit, "programs.json"))))
    attempt.remarks.push_back(note);
  const reproduce::Schedule schedule = reproduce::schedule_of(attempt.trace, kernel.map);
  const std::string folder = folder_of(options, attempt.name);
  auto files =
      reproduce::files_of(attempt.name, attempt.trace, schedule, kernel.map, options.runs, kit);
  files.push_back({"trace.json", attempt.json});
  reproduce::write_files(files, folder);
  say_what(attempt, schedule, kernel.text, folder);
  if (options.is_dry) return as_expected;
  flush_stdout();
  return run(attempt, kernel.map, image_of(options.kernel, kernel, kit), folder);
}

Status reproduce_guarded(const ReproduceOptions& options) {
  try {
    return reproduce_it(options);
  } catch (const reproduce::Refusal& error) {
    throw UsageError(fmt::format("{}: {}", kernel::printable(options.what, 300), error.what()));
  }
}

// FUNCTION=VALUE
std::string forced_problem(const std::string& text) {
  const auto equals = text.find('=');
  const bool is_function = equals != std::string::npos && equals > 0 &&
                           std::ranges::all_of(text.substr(0, equals), [](unsigned char c) {
                             return std::isalnum(c) != 0 || c == '_';
                           });
  const std::string value = equals == std::string::npos ? "" : text.substr(equals + 1);
  const bool is_number =
      !value.empty() && value.find_first_not_of("-0123456789") == std::string::npos;
  return is_function && is_number ? "" : "FUNCTION=NUMBER is needed";
}

} // namespace

void add_reproduce(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ReproduceOptions>();
  CLI::App* command = app.add_subcommand(
      "reproduce",
      "Run a counterexample on a running kernel, in an emulated machine; status 0 if it does there "
      "what it does in the model, 1 if it does not");
  command
      ->add_option("what",
                   options->what,
                   "One variant of a file, or of the scenario with this id; or what `trace -o "
                   "TRACE.json` wrote")
      ->type_name("FILE[#VARIANT] | TRACE.json")
      ->required();
  add_kernel_options(*command, options->kernel);
  command->add_option("--runs", options->runs.gated, "How often, with gates; 10 if absent")
      ->type_name("N")
      ->check(between(0, 10'000));
  command
      ->add_option(
          "--free", options->runs.free, "How often the plain program, without gates; 200 if absent")
      ->type_name("N")
      ->check(between(0, 1'000'000));
  command
      ->add_option(
          "--spread",
          options->runs.spread_us,
          "How many microseconds apart the processes of that start, at most; 500 if absent")
      ->type_name("N")
      ->check(between(0, 1'000'000));
  command
      ->add_option("--force",
                   options->runs.forced,
                   "A function that does not run with gates, but returns this; once per function")
      ->type_name("FUNCTION=VALUE ...")
      ->check(forced_problem);
  command
      ->add_option("--out",
                   options->folder,
                   "Where the schedule and the programs are written to; "
                   "reproduced/NAME if absent")
      ->type_name("DIR");
  command->add_flag("--dry-run", options->is_dry, "Only write them");
  add_scenario_options(*command, options->scenario);
  add_claim_option(*command, options->scenario);
  add_search_options(*command, options->search);
  command->footer(command->get_footer() +
                  "\n\nA scenario that names no version is asked about that of the kernel.\n\n"
                  "Examples:\n"
                  "  stalemate reproduce scenarios/dio/D1-sub-block-zeroing.json#truncate\n"
                  "  stalemate reproduce scenarios/iomap/R1-write-vs-reclaim.json#none "
                  "--force xfs_iomap_valid=1\n"
                  "  stalemate reproduce 'R16#shrink-v6.18' --source ~/linux\n"
                  "  stalemate reproduce R1.json --dry-run --out R1");
  command->callback(
      [options, &action] { action = [options] { return reproduce_guarded(*options); }; });
}

} // namespace stalemate::cli
