#pragma once

#include "checker/builder/declare.hpp"
#include "checker/builder/path.hpp"
#include "model/scenario/cast.hpp"
#include "model/scenario/property_entry.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// Declares what the scenario wants to hold: what it lists, or everything that applies.
template <typename World>
void declare_properties(build::Model& model,
                        World& world,
                        const Scenario& scenario,
                        const std::vector<PropertyOf<World>>& properties) {
  // False if nothing can break it.
  const auto declare = [&](const PropertyOf<World>& property) {
    switch (property.kind) {
    case ir::PropertyKind::invariant: {
      const Parts parts = property.parts(world);
      if (!parts.empty()) model.invariant(property.name, property.claim, parts);
      return !parts.empty();
    }
    case ir::PropertyKind::assertion:
      property.claimed(world) = model.assertion(property.name, property.claim, property.is_warning);
      break;
    case ir::PropertyKind::no_deadlock:
      model.no_deadlock(property.name, property.claim);
      break;
    case ir::PropertyKind::eventually:
      model.eventually(property.name, property.claim, property.goal(world));
      break;
    case ir::PropertyKind::leads_to:
      model.leads_to(property.name, property.claim, property.cause(world), property.goal(world));
      break;
    case ir::PropertyKind::can_finish:
      model.can_finish(property.name, property.claim);
      break;
    case ir::PropertyKind::progress:
      model.progress(property.name, property.claim);
      break;
    }
    return true;
  };
  for (const auto& property : properties)
    if (scenario.properties.empty() && property.is_usual(scenario.processes)) declare(property);
  for (std::size_t i = 0; i < scenario.properties.size(); ++i) {
    const auto& name = scenario.properties[i];
    const auto pointer = "/properties/" + std::to_string(i);
    const auto found = std::ranges::find(properties, name, &PropertyEntry::name);
    if (found == properties.end()) throw ScenarioError(pointer, "no property of these objects");
    if (!found->applies(scenario.processes))
      throw ScenarioError(
          pointer, "nothing here can break it: no process runs " + found->checked_by.front());
    if (!declare(*found)) throw ScenarioError(pointer, "nothing here can break it");
  }
}

/// What the scenario lists must be checked by some step; what it does not list and no step checks
/// is not claimed.
inline void settle_assertions(build::Model& model, const Scenario& scenario) {
  for (const std::string& name : model.unchecked()) {
    const auto listed = std::ranges::find(scenario.properties, name);
    if (listed != scenario.properties.end())
      throw ScenarioError(
          "/properties/" + std::to_string(listed - scenario.properties.begin()),
          "nothing here can break it: no step of these processes checks it in this layout");
    model.forget(name);
  }
}

/// Records every process and finishes the model.
template <typename World>
ir::Model record_processes(build::Model& model,
                           const World& world,
                           const Scenario& scenario,
                           const std::vector<Cast>& cast,
                           const std::vector<PathOf<World>>& paths) {
  for (const Cast& process : cast)
    model.process(process.name, process.path, [&](build::Path& path) {
      if (process.fairness) path.fairness(*process.fairness);
      std::ranges::find(paths, process.path, &PathEntry::name)
          ->record(path, world, process.options);
    });
  settle_assertions(model, scenario);
  return model.finish();
}

} // namespace stalemate::kernel
