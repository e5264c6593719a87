#include "model/scenario/idle_knobs.hpp"

#include "checker/ir/identity.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/subsystem.hpp"

#include <optional>

namespace stalemate::kernel {

namespace {

// Nothing, where it would be no scenario without the knob.
std::optional<std::uint64_t> identity_without(Scenario scenario, const std::string& knob) {
  scenario.kernel.erase(knob);
  try {
    return ir::identity(build_model(scenario));
  } catch (const ScenarioError&) {
    return std::nullopt;
  } catch (const ir::InvalidModel&) { // A claim that nothing checks any more.
    return std::nullopt;
  }
}

} // namespace

std::vector<std::string> idle_knobs(const Scenario& scenario, const ir::Model& model) {
  std::vector<std::string> idle;
  const Version version = version_of(scenario.kernel);
  for (const Knob& knob : scenario.subsystem->knobs) {
    const auto set = scenario.kernel.find(knob.name);
    if (set == scenario.kernel.end()) continue;
    const bool is_version = knob.name == version_knob_name;
    if (set->second == (is_version ? knob.initial : knob.value_in(version))) continue;
    if (identity_without(scenario, knob.name) == ir::identity(model)) idle.push_back(knob.name);
  }
  return idle;
}

} // namespace stalemate::kernel
