#include "cli/caption.hpp"
#include "cli/check_row.hpp"
#include "cli/checkpoint_options.hpp"
#include "cli/commands.hpp"
#include "cli/disk.hpp"
#include "cli/finding.hpp"
#include "cli/idle_options.hpp"
#include "cli/job.hpp"
#include "cli/output.hpp"
#include "cli/reach.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "cli/signals.hpp"
#include "cli/switches.hpp"
#include "cli/together.hpp"
#include "cli/usage.hpp"
#include "reports/check_table.hpp"
#include "reports/trace_text.hpp"
#include "reports/verdict_text.hpp"

#include <fmt/format.h>

#include <chrono>
#include <exception>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

struct RunOptions {
  std::string file;
  SearchOptions search;
  ScenarioOptions scenario;
  std::string engine = "search";
  RelacyBound relacy;
  CheckpointOptions checkpoint;
  DiskOptions disk;
  std::shared_ptr<Checkpoints> checkpoints; ///< Null for none.
  bool traces = false;
  bool brief = false;
  bool slice = false;
  bool never_taken = false;
  bool fewest_switches = false;
  bool mpi = false;
};

Finding answered(const Candidate& candidate, const RunOptions& options) {
  Limits limits = limits_of(options.search);
  limits.checkpoints = options.checkpoints.get();
  if (!options.disk.folder.empty()) limits.disk = &options.disk;
  if (options.mpi) search_together(options.search, limits);
  Finding finding = options.engine == "relacy"
                        ? second_opinion(candidate, options.relacy, limits)
                        : find(candidate, limits, reductions_of(options.search));
  audit(candidate, options.search.audit, limits, finding);
  if (options.fewest_switches) take_fewest_switches(candidate, finding);
  return finding;
}

void print(const Candidate& candidate,
           const Finding& finding,
           const RunOptions& options,
           std::ostream& out) {
  const bool is_traced = finding.trace && (!finding.warning || options.traces);
  if (is_traced)
    report::write_trace_text(candidate.model,
                             *finding.trace,
                             answer(candidate, finding),
                             options.brief   ? report::Detailed::race
                             : options.slice ? report::Detailed::slice
                                             : report::Detailed::steps,
                             stdout_has_colour(),
                             out);
  else
    report::write_caption(answer(candidate, finding), stdout_has_colour(), out);
  if (options.never_taken)
    report::write_never_taken(report::ways_never_taken(candidate.model, finding.result), out);
}

// Of several variants the table says what is as expected, in a line each.
bool is_printed(const Finding& finding, const RunOptions& options) {
  if (!finding.mistake.empty()) return options.traces;
  return options.traces || options.never_taken || finding.status() != as_expected;
}

kernel::InputError mistake_of(const Finding& finding) {
  return kernel::InputError(finding.mistake + "; `run --traces` shows how it comes to that");
}

Status run_one(const Candidate& candidate, const RunOptions& options) {
  const Finding finding = answered(candidate, options);
  // It is no answer, but a mistake in the question.
  if (!finding.mistake.empty() && !options.traces) throw mistake_of(finding);
  print(candidate, finding, options, std::cout);
  return finding.status();
}

Status run_several(const std::vector<Candidate>& candidates, const RunOptions& options) {
  std::vector<report::CheckRow> rows;
  std::vector<std::string> mistakes;
  std::ostringstream traces; // Behind the table, which is known last.
  Status status = as_expected;
  for (const Candidate& candidate : candidates) {
    if (is_interrupted()) break;
    const Finding finding = answered(candidate, options);
    rows.push_back(check_row(candidate, finding));
    status = gravest(status, finding.status());
    if (!finding.mistake.empty()) mistakes.emplace_back(mistake_of(finding).what());
    if (!is_printed(finding, options)) continue;
    traces << '\n';
    print(candidate, finding, options, traces);
  }
  std::cout << candidates.front().scenario.id << ": " << candidates.front().scenario.title
            << "\n\n";
  report::write_check_text(rows, report::Rows::all, stdout_has_colour(), std::cout);
  std::cout << traces.str();
  for (const std::string& mistake : mistakes)
    std::cerr << mistake << '\n';
  return status;
}

// Each has a run of its own, and each is what was asked for.
Status look_for_state(const std::vector<Candidate>& candidates, const RunOptions& options) {
  if (options.engine == "relacy")
    throw UsageError("--reach is answered by the search, not by --engine relacy");
  Status status = as_expected;
  for (const Candidate& candidate : candidates) {
    if (is_interrupted()) break;
    if (&candidate != &candidates.front()) std::cout << '\n';
    status = gravest(status, run_one(asked(candidate, options.scenario), options));
  }
  return status;
}

// What several ranks have no answer to together.
void refuse_apart(const RunOptions& options) {
  refuse_apart(options.search);
  const auto refuse = [](const std::string& option) {
    throw UsageError(fmt::format("--mpi does not go together with {}", option));
  };
  if (options.engine != "search") refuse("--engine " + options.engine);
  if (options.fewest_switches) refuse("--fewest-switches");
}

// What a search on disk has no answer to.
void refuse_without_memory(const RunOptions& options) {
  refuse_without_memory(options.disk, options.search);
  const auto refuse = [](const std::string& option) {
    throw UsageError(fmt::format("--disk does not go together with {}", option));
  };
  if (options.mpi) refuse("--mpi");
  if (!options.checkpoint.folder.empty()) refuse("--checkpoint");
  if (options.engine != "search") refuse("--engine " + options.engine);
  if (options.fewest_switches) refuse("--fewest-switches");
}

std::vector<Candidate> loaded(RunOptions& options) {
  std::vector<Candidate> candidates;
  std::exception_ptr failure;
  try {
    candidates = load(options.file, overrides_of(options.scenario, {options.file}));
    if (options.mpi) refuse_apart(candidates);
    options.checkpoints = checkpoints_of(options.checkpoint);
  } catch (const std::exception&) {
    failure = std::current_exception();
  }
  expect_of_all_ranks(failure);
  return candidates;
}

Status run(RunOptions& options) {
  (void)limits_of(
      options.search); // Options that do not go together, before any file is looked for.
  if (!options.disk.folder.empty()) refuse_without_memory(options);
  if (options.mpi) {
    join_job_if_asked({"--mpi"}); // Unless the words of another command ask for it.
    refuse_apart(options);
  }
  expect_resumable(options.checkpoint, options.file);
  const std::vector<Candidate> candidates = loaded(options);
  say_idle_options(candidates, options.search, options.engine);
  if (options.engine != "relacy" && options.relacy.switches != RelacyBound{}.switches)
    std::cerr << "stalemate: no effect without --engine relacy: --switches\n";
  const auto start = std::chrono::steady_clock::now();
  Status status = as_expected;
  if (!options.scenario.reach.empty())
    status = look_for_state(candidates, options);
  else
    status = candidates.size() == 1 ? run_one(candidates.front(), options)
                                    : run_several(candidates, options);
  flush_stdout();
  if (status == not_complete && options.checkpoints)
    std::cerr << fmt::format("stalemate: `stalemate resume {}` goes on\n",
                             options.checkpoint.folder);
  if (stderr_is_terminal()) {
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    std::cerr << fmt::format("{:.1f} s\n", time.count());
  }
  return status;
}

} // namespace

void add_run(CLI::App& app, Action& action) {
  const auto options = std::make_shared<RunOptions>();
  CLI::App* command =
      app.add_subcommand("run", "Explore one scenario: the verdict and, where it breaks, how");
  command
      ->add_option("scenario",
                   options->file,
                   "A file or the id of a scenario, with all of its variants, one, several (#a,b), "
                   "or those like a pattern (#none*); - is stdin")
      ->type_name("FILE[#VARIANT]")
      ->required();
  command->add_flag("--brief", options->brief, "The race in a few lines, without the steps");
  command->add_flag("--slice", options->slice, "Of the steps only those that matter to what broke");
  command->add_flag("--traces",
                    options->traces,
                    "Of several variants, and of warnings, all traces; else of several only those "
                    "that are not as expected or were not expected to be anything");
  command->add_flag("--never-taken",
                    options->never_taken,
                    "List what never ran, as `never_taken` of a scenario takes it");
  add_switches_option(*command, options->fewest_switches);
  add_scenario_options(*command, options->scenario);
  add_claim_option(*command, options->scenario);
  add_reach_option(*command, options->scenario);
  add_search_options(*command, options->search);
  add_checkpoint_options(*command, options->checkpoint);
  add_disk_options(*command, options->disk);
  command
      ->add_option("--engine",
                   options->engine,
                   "search, or relacy: a second opinion by executing the model, within a bound")
      ->type_name("ENGINE")
      ->check(one_of("engine", {"search", "relacy"}))
      ->group(expert_options);
  command
      ->add_flag("--mpi",
                 options->mpi,
                 "Search together with the other processes that mpirun has started, perhaps on "
                 "other machines; each keeps a part of the states, and the result is the same")
      ->group(expert_options);
  command
      ->add_option("--switches",
                   options->relacy.switches,
                   "Of relacy: preemptive switches of an execution, 2 if absent")
      ->type_name("N")
      ->check(between(0, 8))
      ->group(expert_options);
  command->footer(
      "A scenario without `expect` asks: status 0 if everything holds, 1 if something breaks.\n"
      "One with `expect` fails wherever the result differs, steps that never ran included.\n"
      "\"latent\": a claim that only warns breaks, such as fresh_mapping, and nothing else does.\n"
      "Only a scenario that names the warning in `properties` or `expect` breaks by it.\n\n"
      "Examples:\n"
      "  stalemate run scenarios/iomap/R1-write-vs-reclaim.json#none\n"
      "  stalemate run R1#none,valid\n"
      "  stalemate run R1#now --set iomap_valid=none --brief\n"
      "  stalemate run R1#valid --patch my-patch.json --claim no_lost_write\n"
      "  stalemate run R1#none --reach 'folio[0].dirty && !folio[0].uptodate[0]'\n"
      "  stalemate run --engine relacy scenarios/iomap/R1-write-vs-reclaim.json#none\n"
      "  stalemate run --disk /var/tmp my-scenario.json#large\n"
      "  mpirun -n 4 stalemate run --mpi scenarios/iomap/R1-write-vs-reclaim.json#valid\n"
      "  stalemate run --time-max 30s - < my-scenario.json");
  command->callback([options, &action] { action = [options] { return run(*options); }; });
}

} // namespace stalemate::cli
