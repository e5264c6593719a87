#include "model/scenario/build_model.hpp"

#include "checker/ir/identity.hpp"
#include "checker/ir/validate.hpp"
#include "model/own/bring.hpp"
#include "model/scenario/process_names.hpp"
#include "model/scenario/read_scenario.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/scenario/to_scenario.hpp"

#include <utility>

namespace stalemate::kernel {

ir::Model build_model(const Scenario& scenario) {
  ir::Model model = scenario.subsystem->build(scenario);
  check_process_names(scenario, model);
  if (!scenario.own.empty()) own::bring(scenario, model);
  ir::validate(model);
  return model;
}

std::optional<std::uint64_t> identity_of(const Scenario& scenario) {
  try {
    return ir::identity(build_model(scenario));
  } catch (const ScenarioError&) {
    return std::nullopt;
  } catch (const ir::InvalidModel&) { // A claim that nothing checks.
    return std::nullopt;
  }
}

Scenario without_own_claims(Scenario scenario) {
  for (const own::Claim& claim : scenario.own.claims)
    std::erase(scenario.properties, claim.name);
  scenario.own.claims.clear();
  return scenario;
}

Scenario without_edits(Scenario scenario) {
  scenario = without_own_claims(std::move(scenario));
  scenario.own.patch.clear();
  for (own::Path& path : scenario.own.paths)
    path.patch.clear();
  return scenario;
}

Scenario small_scenario(const Subsystem& subsystem, const Overrides& overrides) {
  Scenario scenario;
  scenario.id = "show";
  scenario.subsystem = &subsystem;
  scenario.layout = subsystem.small_layout();
  for (const PathEntry& path : subsystem.paths)
    if (!path.automatic) scenario.processes.push_back({"", path.name, {}});
  Json kernel = Json::object();
  for (const Override& one : overrides) {
    const Json::json_pointer at(one.pointer);
    if (at.parent_pointer().to_string() != "/kernel")
      throw InputError(one.option + ": there is no scenario that it could change");
    kernel[at.back()] = Json::parse(one.json);
  }
  scenario.kernel = knob_values(kernel, subsystem);
  return scenario;
}

} // namespace stalemate::kernel
