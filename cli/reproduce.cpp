#include "checker/outside/command.hpp"
#include "cli/attempt.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/kit.hpp"
#include "cli/load.hpp"
#include "cli/output.hpp"
#include "cli/saved_trace.hpp"
#include "cli/selection.hpp"
#include "cli/tried.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/subsystem.hpp"
#include "reproduce/folder.hpp"
#include "reproduce/kernel_map.hpp"
#include "reproduce/oracle.hpp"
#include "reproduce/play.hpp"
#include "reproduce/refusal.hpp"
#include "reproduce/schedule.hpp"
#include "reproduce/table.hpp"
#include "reproduce/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

namespace fs = std::filesystem;

struct ReproduceOptions {
  std::vector<std::string> what;
  KernelOptions kernel;
  std::string folder;
  std::string format = "text";
  bool is_dry = false;
  reproduce::Runs runs;
  std::optional<int> free; ///< How often without gates; nothing: as often as makes sense.
  ScenarioOptions scenario;
  SearchOptions search;
};

// --- The kernel ------------------------------------------------------------------------------

Kit kit_of(const ReproduceOptions& options) {
  if (!options.kernel.source.empty() && !options.runs.forced.empty())
    throw UsageError(fmt::format("--force {}: gates that are built in cannot keep a function from "
                                 "running; with --source let it return that in the tree",
                                 options.runs.forced.front()));
  Kit kit;
  kit.folder = kit_folder();
  kit.kernel = tried_kernel(options.kernel, kit.folder, options.is_dry);
  kit.oracles =
      reproduce::read_oracles("oracles.json", reproduce::kit_text(kit.folder, "oracles.json"));
  kit.programs =
      reproduce::read_programs("programs.json", reproduce::kit_text(kit.folder, "programs.json"));
  return kit;
}

// --- What is tried ----------------------------------------------------------------------------

bool is_trace_file(const std::string& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) &&
         kernel::read_text(path, trace_bytes_max).find("\"stalemate-trace\"") != std::string::npos;
}

/// One variant as `what` finds it, and what it is called.
struct Named {
  std::string what;
  std::string name;
};

// Of folders, and of files with several variants, those that are not expected to hold.
std::vector<Named> names_of(const std::vector<std::string>& what) {
  std::vector<Named> names;
  for (const std::string& one : what) {
    const auto candidates = is_trace_file(one) ? std::vector<Candidate>{} : load_all({one});
    if (candidates.size() < 2) {
      names.push_back({one, candidates.empty() ? one : candidates.front().name()});
      continue;
    }
    std::error_code error;
    const bool is_folder = fs::is_directory(one, error);
    for (const Candidate& candidate : candidates)
      if (candidate.scenario.expect.outcome != kernel::Expectation::Outcome::holds &&
          (!is_folder || candidate.scenario.subsystem->name == "iomap"))
        names.push_back(
            {candidate.file->name() + "#" + candidate.scenario.variant, candidate.name()});
  }
  if (names.empty()) throw UsageError("nothing is expected to break in what was named");
  return names;
}

// What shows one user's memory or data to another, or writes where only he may, is no matter for a
// program that anyone can run; nor is what does so in another version of the kernel.
void refuse_secrets(const Attempt& attempt, const Kit& kit) {
  const auto expected = kit.oracles.find(attempt.expected);
  const bool is_expected = expected != kit.oracles.end() && expected->second.is_secret;
  if (is_expected || reproduce::is_secret(attempt.trace, kit.oracles))
    throw UsageError(fmt::format("{}: one user may see or change what is another's: no program for "
                                 "that is written here, see SECURITY.md",
                                 attempt.name));
}

std::string folder_of(const ReproduceOptions& options, const std::string& name, bool is_alone) {
  if (is_alone && !options.folder.empty()) return options.folder;
  std::string plain = name;
  std::ranges::replace_if(
      plain, [](char c) { return c == '#' || c == '/' || c == ' '; }, '-');
  return (options.folder.empty() ? "reproduced/" : options.folder + "/") + plain;
}

// Makes its folder.
Tried prepared(const ReproduceOptions& options,
               const Kit& kit,
               const std::string& what,
               bool is_alone) {
  Tried tried{what};
  Attempt& attempt = tried.attempt;
  attempt = attempt_of({what, options.scenario, options.search}, kit.kernel.version);
  tried.name = attempt.name;
  refuse_secrets(attempt, kit);
  for (const std::string& note : reproduce::notes_on(attempt.trace, kit.programs))
    attempt.remarks.push_back(note);
  tried.schedule = reproduce::schedule_of(attempt.trace, kit.kernel.map);
  tried.folder = folder_of(options, attempt.name, is_alone);
  reproduce::Runs runs = options.runs;
  // Without gates it is the kernel as it is, which says nothing about a repair that it has not.
  runs.free = options.free.value_or(attempt.is_harmless ? 0 : runs.free);
  auto files = reproduce::files_of(attempt.name,
                                   attempt.trace,
                                   reproduce::looks_of(attempt.trace, attempt.claims, kit.oracles),
                                   tried.schedule,
                                   kit.kernel.map,
                                   runs,
                                   kit.folder);
  files.push_back({"trace.json", attempt.json});
  reproduce::write_files(files, tried.folder);
  return tried;
}

Tried only_one(const ReproduceOptions& options, const Kit& kit, const std::string& what) {
  try {
    return prepared(options, kit, what, true);
  } catch (const reproduce::Refusal& error) {
    throw UsageError(fmt::format("{}: {}", kernel::printable(what, 300), error.what()));
  }
}

// Of several, what cannot be run does not keep the others from it.
std::vector<Tried> all_prepared(const ReproduceOptions& options, const Kit& kit) {
  const std::vector<Named> names = names_of(options.what);
  if (names.size() == 1) return {only_one(options, kit, names.front().what)};
  std::vector<Tried> all;
  const auto refused = [&](const std::string& name, const std::string& why) {
    const std::string known = name + ": ";
    all.push_back({name, why.starts_with(known) ? why.substr(known.size()) : why});
  };
  for (const auto& [what, name] : names)
    try {
      all.push_back(prepared(options, kit, what, false));
    } catch (const reproduce::Refusal& error) {
      refused(name, error.what());
    } catch (const UsageError& error) {
      refused(name, error.what());
    } catch (const kernel::InputError& error) {
      refused(name, error.what());
    }
  return all;
}

// --- The answer ------------------------------------------------------------------------------

std::vector<std::string> early_steps(const Tried& tried) {
  std::vector<std::string> steps;
  for (const reproduce::Unheld& unheld : tried.schedule.unheld)
    if (const auto& step = tried.attempt.trace.steps[unheld.step]; unheld.is_early)
      steps.push_back(fmt::format("{}: {}: {}", step.process, step.function, step.phrase));
  return steps;
}

// Boots once, with all that have not been run, and says whether any of them was.
bool run_rest(std::vector<Tried*>& rest, const Kit& kit, const std::string& image) {
  std::vector<std::string> words{"./run.sh", image};
  for (const Tried* tried : rest)
    words.push_back(fs::absolute(tried->folder).string());
  const Ran ran =
      stalemate::run(words,
                     rest.front()->folder,
                     3600 * static_cast<unsigned>(std::min<std::size_t>(rest.size(), 24)));
  const auto parts = reproduce::parts_of(ran.out);
  std::vector<Tried*> left;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const auto part = parts.find(std::to_string(101 + i)); // run.sh numbers them.
    const bool is_run = part != parts.end();
    write_output((fs::path(rest[i]->folder) / "serial.log").string(),
                 is_run ? part->second : ran.out);
    rest[i]->report = reproduce::read_report(is_run ? part->second : ran.out, kit.kernel.map);
    rest[i]->report.early = early_steps(*rest[i]);
    rest[i]->report.departure = rest[i]->attempt.departure;
    rest[i]->report.notes = reproduce::notes_on(rest[i]->attempt.trace, kit.programs);
    if (!is_run) left.push_back(rest[i]);
  }
  const bool is_progress = left.size() < rest.size();
  rest = left;
  return is_progress;
}

void run_all(std::vector<Tried>& all, const Kit& kit, const KernelOptions& options) {
  std::vector<Tried*> rest;
  for (Tried& tried : all)
    if (tried.refused.empty()) rest.push_back(&tried);
  if (rest.empty()) return;
  const std::string image = image_of(options, kit.kernel, kit.folder);
  std::cerr << "stalemate: builds and boots, which takes a minute\n";
  // One that hangs ends the machine: the others need a new one.
  while (!rest.empty() && run_rest(rest, kit, image))
    ;
}

const char* why_incomplete(const reproduce::Report& report) {
  if (!report.kernel.empty()) return "the guest did not come to its end";
  return report.is_booted ? "the machine did not start" : "what it runs cannot be built";
}

Status status_of(const Tried& tried) {
  if (!tried.refused.empty()) return as_expected;
  if (!tried.report.is_complete) {
    std::cerr << fmt::format("stalemate: incomplete: {}, {}/serial.log has what it printed\n",
                             why_incomplete(tried.report),
                             tried.folder);
    return not_complete;
  }
  const bool is_wrong = tried.report.gated.corrupted > 0;
  return is_wrong == tried.attempt.is_harmless ? not_as_expected : as_expected;
}

void write_table(const std::vector<Tried>& all, const Kit& kit) {
  std::vector<reproduce::Row> rows;
  for (const Tried& tried : all)
    rows.push_back({tried.name,
                    tried.attempt.is_harmless ? "" : tried.attempt.trace.property,
                    tried.refused,
                    tried.report});
  reproduce::write_table(rows, kit.kernel.map, std::cout);
}

Status reproduce_it(const ReproduceOptions& options) {
  const Kit kit = kit_of(options);
  std::vector<Tried> all = all_prepared(options, kit);
  const bool is_table = options.format == "markdown";
  for (const Tried& tried : all)
    if (!is_table) say_what(tried, kit);
  flush_stdout();
  if (std::ranges::none_of(all, [](const Tried& tried) { return tried.refused.empty(); }))
    throw UsageError("none of them can be run");
  if (options.is_dry) return as_expected;
  run_all(all, kit, options.kernel);
  if (is_table) write_table(all, kit);
  Status status = as_expected;
  for (const Tried& tried : all) {
    if (!is_table) say_answer(tried, kit, all.size() == 1);
    status = gravest(status, status_of(tried));
  }
  return status;
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
                   "TRACE.json` wrote. Of several, and of folders, what does not hold, in one boot")
      ->type_name("FILE[#VARIANT] | FOLDER | TRACE.json ...")
      ->required();
  add_kernel_options(*command, options->kernel);
  command->add_option("--runs", options->runs.gated, "How often, with gates; 10 if absent")
      ->type_name("N")
      ->check(between(0, 10'000));
  command
      ->add_option(
          "--free",
          options->free,
          "How often the plain program, without gates; 200 if absent, and never for what holds")
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
                   "reproduced/NAME if absent; of several, in folders below it")
      ->type_name("DIR");
  command->add_option("--format", options->format, "Of the answers: text, or markdown, a table")
      ->type_name("FORMAT")
      ->check(one_of("format", {"text", "markdown"}));
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
                  "  stalemate reproduce R1.json --dry-run --out R1\n"
                  "  stalemate reproduce R1 R2#none scenarios/dio --runs 3 --format markdown");
  command->callback([options, &action] { action = [options] { return reproduce_it(*options); }; });
}

} // namespace stalemate::cli
