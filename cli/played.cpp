#include "cli/played.hpp"

#include "cli/scenario_options.hpp"
#include "cli/usage.hpp"
#include "model/scenario/cast.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/scenario/version.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>

namespace stalemate::cli {

namespace {

// The flusher of the device, which nobody calls.
constexpr auto kworker = "kworker";

Candidate candidate_of(const std::string& argument, const std::string& version) {
  ScenarioOptions asks;
  const auto load = [&] { return load_one(argument, overrides_of(asks, {argument})); };
  Candidate candidate = load();
  if (candidate.scenario.kernel.contains(kernel::version_knob_name)) return candidate;
  asks.set.push_back(fmt::format("{}={}", kernel::version_knob_name, version));
  return load();
}

} // namespace

reproduce::Subject Played::subject() const {
  return {candidate.model, programs, reproduce::Geometry(*begins.initial)};
}

Played played(const std::string& argument,
              const std::string& version,
              const reproduce::Programs& programs) {
  Played result{candidate_of(argument, version), {}, {}};
  const kernel::Scenario& scenario = result.candidate.scenario;
  if (scenario.subsystem->name != "iomap")
    throw UsageError(fmt::format("{}: only scenarios with \"file\" can be run: there is no program "
                                 "for {}",
                                 result.candidate.name(),
                                 scenario.subsystem->section));
  const ir::Model& model = result.candidate.model;
  result.begins.title = result.candidate.name();
  result.begins.initial = report::saved_values(model, ir::initial(model));
  for (const kernel::Cast& process : kernel::cast_of(scenario, scenario.subsystem->paths)) {
    if (process.name == kworker) continue;
    result.begins.processes.push_back({process.name, process.path, process.options});
    const auto program = programs.find(process.path);
    if (program != programs.end() && !program->second.call.empty())
      result.programs.push_back(process.name);
  }
  return result;
}

} // namespace stalemate::cli
