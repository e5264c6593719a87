#include "checker/result/trace.hpp"
#include "cli/caption.hpp"
#include "cli/commands.hpp"
#include "cli/finding.hpp"
#include "cli/load.hpp"
#include "cli/output.hpp"
#include "cli/saved_trace.hpp"
#include "model/scenario/excerpt.hpp"
#include "reports/trace_text.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string>

namespace stalemate::cli {

namespace {

constexpr std::size_t trace_bytes_max = 64U << 20U;

struct ReplayOptions {
  std::string trace;
  std::string scenario;
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
  kernel::Overrides overrides;
  for (const std::string& setting : saved.set)
    overrides.push_back(kernel::knob_override(setting));
  if (!options.scenario.empty()) return load_one(options.scenario, overrides);
  try {
    return load_one(saved.variant.empty() ? saved.scenario : saved.scenario + "#" + saved.variant,
                    overrides);
  } catch (const kernel::InputError& error) {
    throw kernel::InputError(
        fmt::format("{}: names a scenario that cannot be used from here: {}; say where it is with "
                    "--scenario FILE[#VARIANT]",
                    kernel::printable(options.trace, 300),
                    error.what()));
  }
}

Status replay(const ReplayOptions& options) {
  const report::SavedTrace saved =
      saved_trace(options.trace, kernel::read_text(options.trace, trace_bytes_max));
  const Candidate candidate = candidate_of(options, saved);
  const auto misfit = [&](const std::exception& error) {
    return kernel::InputError(fmt::format("{}: does not fit {}: {}",
                                          kernel::printable(options.trace, 300),
                                          candidate.name(),
                                          error.what()));
  };
  try {
    const Result result = executed(candidate.model, saved);
    const Trace trace = replay(model_of(candidate, result.verdict), result);
    report::write_trace_text(candidate.model,
                             trace,
                             title(candidate, result),
                             report::Detailed::steps,
                             stdout_has_colour(),
                             std::cout);
  } catch (const Misfit& error) {
    throw misfit(error);
  } catch (const ReplayError& error) {
    throw misfit(error);
  }
  return as_expected;
}

} // namespace

void add_replay(CLI::App& app, Action& action) {
  const auto options = std::make_shared<ReplayOptions>();
  CLI::App* command = app.add_subcommand(
      "replay", "Re-execute a saved counterexample; status 2 if it no longer fits");
  command->add_option("trace", options->trace, "What `trace -o TRACE.json` wrote; - is stdin")
      ->type_name("TRACE")
      ->required();
  command
      ->add_option("--scenario", options->scenario, "Against this one, not the one the trace names")
      ->type_name("FILE[#VARIANT]");
  command->footer("Examples:\n"
                  "  stalemate replay R1.json\n"
                  "  stalemate replay R1.json --scenario "
                  "scenarios/iomap/R1-write-vs-reclaim.json#before");
  command->callback([options, &action] { action = [options] { return replay(*options); }; });
}

} // namespace stalemate::cli
