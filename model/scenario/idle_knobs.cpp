#include "model/scenario/idle_knobs.hpp"

#include "checker/ir/identity.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/subsystem.hpp"

namespace stalemate::kernel {

std::vector<std::string> idle_knobs(const Scenario& scenario, const ir::Model& model) {
  std::vector<std::string> idle;
  const Version version = version_of(scenario.kernel);
  for (const Knob& knob : scenario.subsystem->knobs) {
    const auto set = scenario.kernel.find(knob.name);
    if (set == scenario.kernel.end()) continue;
    const bool is_version = knob.name == version_knob_name;
    if (set->second == (is_version ? knob.initial : knob.value_in(version))) continue;
    Scenario without = scenario;
    without.kernel.erase(knob.name);
    if (identity_of(without) == ir::identity(model)) idle.push_back(knob.name);
  }
  return idle;
}

} // namespace stalemate::kernel
