#include "model/scenario/idle_knobs.hpp"

#include "checker/ir/identity.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/subsystem.hpp"

#include <algorithm>
#include <optional>

namespace stalemate::kernel {

namespace {

std::optional<std::uint64_t> identity_without(Scenario scenario, const std::string& knob) {
  scenario.kernel.erase(knob);
  return identity_of(scenario);
}

// A kernel that is no release has defaults of its own: a knob may restate one.
bool is_beside_versions(const Scenario& scenario) {
  return std::ranges::any_of(scenario.subsystem->knobs, [&](const Knob& knob) {
    const auto set = scenario.kernel.find(knob.name);
    return knob.is_beside_versions && set != scenario.kernel.end() && set->second != knob.initial;
  });
}

bool may_matter(Scenario scenario, const Knob& knob, std::uint64_t identity) {
  const int high =
      knob.type == Knob::Type::words ? static_cast<int>(knob.values.size()) - 1 : knob.high;
  for (int value = knob.low; value <= high; ++value) {
    scenario.kernel[knob.name] = value;
    const auto other = identity_of(scenario);
    if (other && other != identity) return true;
  }
  return false;
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
    if (identity_without(scenario, knob.name) != ir::identity(model)) continue;
    if (is_beside_versions(scenario) && may_matter(scenario, knob, ir::identity(model))) continue;
    idle.push_back(knob.name);
  }
  return idle;
}

} // namespace stalemate::kernel
