#include "checker/audit/ending.hpp"
#include "checker/result/trace.hpp"
#include "cli/caption.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/load.hpp"
#include "cli/output.hpp"
#include "cli/reach.hpp"
#include "cli/saved_trace.hpp"
#include "cli/scenario_options.hpp"
#include "cli/search_options.hpp"
#include "model/scenario/excerpt.hpp"
#include "reports/state_text.hpp"
#include "reports/trace_text.hpp"
#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

namespace stalemate::cli {

namespace {

struct ReplayOptions {
  std::string trace;
  std::string scenario;
  SearchOptions search; ///< Of what can follow the end.
};

bool is_scenario(const std::string& name, const std::string& text) {
  try {
    return !kernel::ScenarioFile(name, text).scenarios().empty();
  } catch (const kernel::InputError&) {
    return false;
  }
}

report::SavedTrace saved_trace(const std::string& path, const std::string& text) {
  try {
    return report::read_schedule(text);
  } catch (const report::TraceFileError& error) {
    const std::string name = kernel::printable(path, 300);
    if (is_scenario(name, text))
      throw kernel::InputError(fmt::format(
          "{}:1:1: this is a scenario, not a trace; `stalemate trace {} -o X.json` saves one",
          name,
          name));
    const std::string what = error.what();
    const bool has_line = what.find_first_of("0123456789") == 0; // line:column
    throw kernel::InputError(fmt::format("{}:{}{}", name, has_line ? "" : " ", what));
  }
}

// The trace names the file as it was called where the trace was saved.
Candidate candidate_of(const ReplayOptions& options, const report::SavedTrace& saved) {
  const ScenarioOptions changes{saved.set, saved.patch, saved.claims, saved.reach};
  const kernel::Overrides overrides = overrides_of(changes, {options.scenario});
  if (!options.scenario.empty()) return asked(load_one(options.scenario, overrides), changes);
  try {
    return asked(
        load_one(saved.variant.empty() ? saved.scenario : saved.scenario + "#" + saved.variant,
                 overrides),
        changes);
  } catch (const kernel::InputError& error) {
    throw kernel::InputError(
        fmt::format("{}: names a scenario that cannot be used from here: {}; say where it is with "
                    "--scenario FILE[#VARIANT]",
                    kernel::printable(options.trace, 300),
                    error.what()));
  }
}

std::string file_name(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

// Is the trace executed against something else than what it was saved from?
bool is_elsewhere(const ReplayOptions& options,
                  const report::SavedTrace& saved,
                  const Candidate& candidate) {
  if (options.scenario.empty() || saved.model == report::identity_text(candidate.model))
    return false;
  return saved.variant != candidate.scenario.variant ||
         file_name(saved.scenario) != file_name(candidate.file->name());
}

void print(const Candidate& candidate,
           const ir::Model& model,
           const Result& result,
           const Trace& trace) {
  report::write_trace_text(candidate.reach.empty() ? model : candidate.model,
                           trace,
                           title(candidate, result),
                           report::Detailed::steps,
                           stdout_has_colour(),
                           std::cout);
}

void print_lines(const std::string& text) {
  for (const std::string& line : report::wrapped(text, 98, 2))
    std::cout << "  " << line << '\n';
}

// Is it true that something can never happen again, as the end of the trace claims?
Status check_ending(const ReplayOptions& options,
                    const Candidate& candidate,
                    const ir::Model& model,
                    const Result& result) {
  Observer nobody;
  const Proof proof = prove_ending(model, result, limits_of(options.search), nobody);
  const char* claim = result.verdict == Verdict::stuck
                          ? "everyone can come to an end"
                          : "one of those who are stranded can move again";
  if (proof.outcome == Proof::Outcome::refuted)
    throw Misfit(fmt::format("{}: {}", claim, proof.text));
  if (proof.outcome == Proof::Outcome::proved) return as_expected;
  std::cerr << fmt::format("stalemate: {}: incomplete ({}): it is not known whether {}\n",
                           candidate.name(),
                           proof.text,
                           claim);
  return not_complete;
}

Status replay_elsewhere(const ReplayOptions& options,
                        const report::SavedTrace& saved,
                        const Candidate& candidate) {
  const ir::Model model = model_of(candidate, verdict_of(saved.verdict));
  const Followed found = followed(model, saved);
  const auto say = [&](const std::string& what) {
    for (const std::string& line : report::wrapped(candidate.name() + ": " + what, 100, 2))
      std::cout << line << '\n';
    for (const std::string& step : found.left_out)
      print_lines("left out, since there is no such step here: " + step);
  };
  if (!found.departure.empty()) {
    say("the trace is not a run of this variant");
    print_lines(found.departure);
    print_lines("what differs there from the start: " + report::state_text(model, found.state));
    return not_as_expected;
  }
  try {
    const Result result = executed(model, found.trace);
    const Trace trace = replay(model, result);
    const Status status = check_ending(options, candidate, model, result);
    say("the trace is a run of this variant, and breaks it too");
    std::cout << '\n';
    print(candidate, model, result, trace);
    return status;
  } catch (const Misfit& error) {
    say(fmt::format("the trace is a run of this variant, but breaks nothing: {}", error.what()));
  } catch (const ReplayError& error) {
    say(fmt::format("the trace is a run of this variant, but breaks nothing: {}", error.what()));
  }
  return not_as_expected;
}

Status replay_here(const ReplayOptions& options,
                   const report::SavedTrace& saved,
                   const Candidate& candidate) {
  const Result result = executed(
      candidate.reach.empty() ? candidate.model : model_of(candidate, Verdict::violated), saved);
  const ir::Model model = model_of(candidate, result.verdict);
  const Trace trace = replay(model, result);
  const bool has_changed =
      !saved.model.empty() && saved.model != report::identity_text(candidate.model);
  const auto differs = report::difference(model, trace, saved);
  if (differs && !has_changed) throw Misfit(*differs);
  const Status status = check_ending(options, candidate, model, result);
  print(candidate, model, result, trace);
  if (has_changed)
    std::cerr << fmt::format("stalemate: {}: the model has changed since the trace was saved; its "
                             "steps still fit{}\n",
                             candidate.name(),
                             differs ? ", but " + *differs : "");
  return status;
}

Status replay(const ReplayOptions& options) {
  const report::SavedTrace saved =
      saved_trace(options.trace, kernel::read_text(options.trace, trace_bytes_max));
  const Candidate candidate = candidate_of(options, saved);
  const auto misfit = [&](const std::exception& error) {
    const bool has_changed =
        !saved.model.empty() && saved.model != report::identity_text(candidate.model);
    return kernel::InputError(
        fmt::format("{}: does not fit {}: {}{}",
                    kernel::printable(options.trace, 300),
                    candidate.name(),
                    error.what(),
                    has_changed ? "; the model has changed since the trace was saved" : ""));
  };
  try {
    if (is_elsewhere(options, saved, candidate)) return replay_elsewhere(options, saved, candidate);
    return replay_here(options, saved, candidate);
  } catch (const Misfit& error) {
    throw misfit(error);
  } catch (const ReplayError& error) {
    throw misfit(error);
  }
}

} // namespace

void add_replay(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ReplayOptions>();
  CLI::App* command = app.add_subcommand(
      "replay",
      "Re-execute a saved counterexample; status 2 if it no longer fits, and 1 if it is no "
      "counterexample of another variant");
  command->add_option("trace", options->trace, "What `trace -o TRACE.json` wrote; - is stdin")
      ->type_name("TRACE")
      ->required();
  command
      ->add_option("--scenario", options->scenario, "Against this one, not the one the trace names")
      ->type_name("FILE[#VARIANT]");
  add_limits(*command, options->search);
  command->footer("Examples:\n"
                  "  stalemate replay R1.json\n"
                  "  stalemate replay R1.json --scenario "
                  "scenarios/iomap/R1-write-vs-reclaim.json#before");
  command->callback([options, &action] { action = [options] { return replay(*options); }; });
}

} // namespace stalemate::cli
