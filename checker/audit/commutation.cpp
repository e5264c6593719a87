#include "checker/audit/commutation.hpp"

#include "checker/audit/sample.hpp"
#include "checker/program/definition.hpp"
#include "checker/program/footprint.hpp"

#include <optional>

namespace stalemate {

namespace {

/// The state after an alternative; nothing if it is not enabled or fails.
std::optional<ir::Valuation>
after(const ir::Model& model, const Meant& meant, const ir::Valuation& state) {
  if (!is_enabled(meant.alternative, state)) return std::nullopt;
  Firing firing = fire(model, meant.process, meant.alternative, state);
  if (firing.broken != nullptr || !firing.error.empty()) return std::nullopt;
  return std::move(firing.target);
}

std::optional<ir::Valuation>
after(const ir::Model& model, const Meant& one, const Meant& two, const ir::Valuation& state) {
  const auto between = after(model, one, state);
  return between ? after(model, two, *between) : std::nullopt;
}

} // namespace

std::vector<std::string> audit_commutation(const ir::Model& model, std::size_t states_max) {
  std::vector<std::string> complaints;
  for (const ir::Valuation& state : first_states(model, states_max)) {
    const auto decisions = alternatives_at(model, state);
    for (const Decision a : decisions) {
      for (const Decision b : decisions) {
        if (a.process >= b.process) continue;
        const Meant one = meant_by(model, state, a);
        const Meant two = meant_by(model, state, b);
        if (!after(model, one, state) || !after(model, two, state)) continue;
        if (!are_independent(resolved_footprint(model, one.process, one.alternative, state),
                             resolved_footprint(model, two.process, two.alternative, state)))
          continue;
        const auto forth = after(model, one, two, state);
        const auto back = after(model, two, one, state);
        if (!forth || forth != back)
          complaints.push_back(text_of(model, state, a) + " and " + text_of(model, state, b) +
                               " are called independent and are not");
      }
    }
  }
  return complaints;
}

} // namespace stalemate
