#include "model/scenario/release.hpp"

#include "checker/ir/identity.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/subsystem.hpp"

#include <algorithm>
#include <utility>

namespace stalemate::kernel {

namespace {

// Also a path that the scenario brings along whole is code that no version decides.
bool brings_code(const own::Own& own) {
  return !own.patch.empty() || std::ranges::any_of(own.paths, [](const own::Path& path) {
    return !path.patch.empty() || !path.steps.empty();
  });
}

bool is_decided_by_version(const Knob& knob) {
  return knob.name == version_knob_name || !knob.history.empty();
}

bool has_released_value(const Knob& knob, const KnobValues& values) {
  const auto set = values.find(knob.name);
  const int value = set == values.end() ? knob.initial : set->second;
  return std::ranges::find(knob.released, knob.value_name(value)) != knob.released.end();
}

} // namespace

std::optional<Scenario> about_releases(const Scenario& scenario, const ir::Model& model) {
  const std::vector<Knob>& knobs = scenario.subsystem->knobs;
  const bool has_versions = std::ranges::find(knobs, version_knob_name, &Knob::name) != knobs.end();
  if (!has_versions || brings_code(scenario.own)) return std::nullopt;

  Scenario plain = scenario;
  for (const Knob& knob : knobs) {
    if (is_decided_by_version(knob)) continue;
    if (knob.released.empty())
      plain.kernel.erase(knob.name);
    else if (!has_released_value(knob, scenario.kernel))
      return std::nullopt;
  }
  if (plain.kernel.size() != scenario.kernel.size() && identity_of(plain) != ir::identity(model))
    return std::nullopt;

  for (const Knob& knob : knobs)
    if (is_decided_by_version(knob) && !has_released_value(knob, scenario.kernel))
      plain.kernel.erase(knob.name);
  plain.expect = {};
  return plain;
}

Scenario in_release(Scenario scenario, Version version) {
  scenario.kernel[version_knob_name] = static_cast<int>(version);
  return scenario;
}

Scenario as_released(const Scenario& scenario, Version version) {
  Scenario plain = without_edits(scenario);
  for (const Knob& knob : plain.subsystem->knobs)
    if (!has_released_value(knob, plain.kernel)) plain.kernel.erase(knob.name);
  return in_release(std::move(plain), version);
}

} // namespace stalemate::kernel
