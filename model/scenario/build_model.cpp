#include "model/scenario/build_model.hpp"

#include "checker/ir/validate.hpp"
#include "model/own/bring.hpp"
#include "model/scenario/subsystem.hpp"

namespace stalemate::kernel {

ir::Model build_model(const Scenario& scenario) {
  ir::Model model = scenario.subsystem->build(scenario);
  if (!scenario.own.empty()) own::bring(scenario, model);
  ir::validate(model);
  return model;
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
