#include "cli/write_trace.hpp"

#include "cli/caption.hpp"
#include "model/scenario/cast.hpp"
#include "model/scenario/subsystem.hpp"
#include "reports/trace_json.hpp"

#include <sstream>

namespace stalemate::cli {

namespace {

std::map<std::string, std::map<std::string, int>> options_of(const kernel::Scenario& scenario) {
  std::map<std::string, std::map<std::string, int>> options;
  for (const kernel::Cast& process : kernel::cast_of(scenario, scenario.subsystem->paths))
    options[process.name] = process.options;
  return options;
}

} // namespace

std::string
trace_json(const Candidate& candidate, const ScenarioOptions& options, const Finding& finding) {
  const report::TraceOrigin origin{title(candidate, finding.shown()),
                                   candidate.file->name(),
                                   candidate.scenario.variant,
                                   options.set,
                                   options.patch,
                                   options.claims,
                                   options.reach,
                                   options_of(candidate.scenario)};
  std::ostringstream out;
  report::write_trace_json(candidate.model, *finding.trace, origin, out);
  return out.str();
}

} // namespace stalemate::cli
