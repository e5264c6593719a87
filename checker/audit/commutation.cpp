#include "checker/audit/commutation.hpp"

#include "checker/audit/sample.hpp"
#include "checker/program/footprint.hpp"

namespace stalemate {

std::vector<std::string> audit_commutation(const ir::Model& model, Effort& effort) {
  std::vector<std::string> complaints;
  for (const ir::Valuation& state : first_states(model, effort)) {
    if (!effort.goes_on()) break;
    const auto decisions = alternatives_at(model, state);
    for (const Decision a : decisions) {
      for (const Decision b : decisions) {
        if (a.process >= b.process) continue;
        const Meant one = meant_by(model, state, a);
        const Meant two = meant_by(model, state, b);
        if (!state_after(model, one, state) || !state_after(model, two, state)) continue;
        if (!are_independent(resolved_footprint(model, one.process, one.alternative, state),
                             resolved_footprint(model, two.process, two.alternative, state)))
          continue;
        effort.compared();
        const auto forth = state_after(model, one, two, state);
        const auto back = state_after(model, two, one, state);
        if (!forth || forth != back)
          complaints.push_back(text_of(model, state, a) + " and " + text_of(model, state, b) +
                               " are called independent and are not");
      }
    }
  }
  return complaints;
}

} // namespace stalemate
