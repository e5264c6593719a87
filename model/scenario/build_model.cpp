#include "model/scenario/build_model.hpp"

#include "model/scenario/subsystem.hpp"

namespace stalemate::kernel {

ir::Model build_model(const Scenario& scenario) {
  return scenario.subsystem->build(scenario);
}

Scenario small_scenario(const Subsystem& subsystem) {
  Scenario scenario;
  scenario.id = "show";
  scenario.subsystem = &subsystem;
  scenario.layout = subsystem.small_layout();
  for (const PathEntry& path : subsystem.paths)
    if (!path.automatic) scenario.processes.push_back({"", path.name, {}});
  return scenario;
}

} // namespace stalemate::kernel
