#pragma once

#include "checker/builder/declare.hpp"
#include "checker/builder/path.hpp"
#include "model/scenario/cast.hpp"
#include "model/scenario/property_entry.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

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
    case ir::PropertyKind::reachable: // only scenarios claim that
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
  // A claim that is not the World's own may be left from another model.
  for (const auto& property : properties)
    if (property.kind == ir::PropertyKind::assertion) property.claimed(world) = {};
  for (const auto& property : properties)
    if (scenario.properties.empty() && property.is_usual(scenario.processes) &&
        (!property.is_usual_in || property.is_usual_in(world)))
      declare(property);
  for (std::size_t i = 0; i < scenario.properties.size(); ++i) {
    const auto& name = scenario.properties[i];
    const auto pointer = "/properties/" + std::to_string(i);
    // The scenario's own claims are about the finished model, and made then.
    if (std::ranges::find(scenario.own.claims, name, &own::Claim::name) !=
        scenario.own.claims.end())
      continue;
    const auto found = std::ranges::find(properties, name, &PropertyEntry::name);
    if (found == properties.end()) throw ScenarioError(pointer, not_of(*scenario.subsystem, name));
    if (!declare(*found)) throw ScenarioError(pointer, found->why_vacuous(scenario.processes));
  }
}

/// Records every process. The model is not validated: what the scenario brings along is missing. Of
/// what declare_properties() declared, assertions that no step checks are left out, or refused if
/// the scenario lists them; where the scenario has steps of its own that is known only later.
template <typename World>
ir::Model record_processes(build::Model& model,
                           const World& world,
                           const Scenario& scenario,
                           const std::vector<Cast>& cast,
                           const std::vector<PathOf<World>>& paths,
                           const std::vector<PropertyOf<World>>& properties) {
  for (const Cast& process : cast)
    model.process(process.name, process.own.empty() ? process.path : process.own, [&](auto& path) {
      if (process.fairness) path.fairness(*process.fairness);
      if (process.path.empty()) return; // its steps are the scenario's
      std::ranges::find(paths, process.path, &PathEntry::name)
          ->record(path, world, process.options);
    });
  if (!scenario.own.empty()) return model.recorded();
  for (const std::string& name : model.drop_unchecked()) {
    const auto listed = std::ranges::find(scenario.properties, name);
    if (listed == scenario.properties.end()) continue;
    throw ScenarioError(
        fmt::format("/properties/{}", listed - scenario.properties.begin()),
        std::ranges::find(properties, name, &PropertyEntry::name)->why_vacuous(scenario.processes));
  }
  return model.recorded();
}

} // namespace stalemate::kernel
