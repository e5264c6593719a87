#include "checker/result/trace.hpp"
#include "cli/commands.hpp"
#include "cli/load.hpp"
#include "cli/output.hpp"
#include "cli/saved_trace.hpp"
#include "model/scenario/excerpt.hpp"
#include "reports/story.hpp"
#include "reports/trace_text.hpp"

#include <fmt/format.h>

#include <iostream>
#include <memory>
#include <string>

namespace stalemate::cli {

namespace {

constexpr std::size_t trace_bytes_max = 64U << 20U;

struct Options {
  std::string trace;
  std::string scenario;
};

report::SavedTrace saved_trace(const std::string& path, const std::string& text) {
  try {
    return report::read_schedule(text);
  } catch (const report::TraceFileError& error) {
    throw kernel::InputError(fmt::format("{}: {}", kernel::printable(path, 300), error.what()));
  }
}

std::string scenario_of(const Options& options, const report::SavedTrace& saved) {
  if (!options.scenario.empty()) return options.scenario;
  return saved.variant.empty() ? saved.scenario : saved.scenario + "#" + saved.variant;
}

Status replay(const Options& options) {
  const report::SavedTrace saved =
      saved_trace(options.trace, kernel::read_text(options.trace, trace_bytes_max));
  const Candidate candidate = load_one(scenario_of(options, saved));
  const auto misfit = [&](const std::exception& error) {
    return kernel::InputError(fmt::format("{}: does not fit {}: {}",
                                          kernel::printable(options.trace, 300),
                                          candidate.name(),
                                          error.what()));
  };
  try {
    const Trace trace = replay(candidate.model, executed(candidate.model, saved));
    report::write_trace_text(candidate.model,
                             trace,
                             report::title_of(candidate.name(), candidate.model, trace, false),
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
  const auto options = std::make_shared<Options>();
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
