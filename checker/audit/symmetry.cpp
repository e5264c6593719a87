#include "checker/audit/symmetry.hpp"

#include "checker/audit/sample.hpp"
#include "checker/program/definition.hpp"
#include "checker/reduce/symmetry.hpp"

#include <algorithm>
#include <cstddef>

namespace stalemate {

namespace {

/// Can the process in the place of the one that decides do this under the other names?
bool has_image(const ir::Model& model,
               const Renaming& renaming,
               const ir::Valuation& state,
               Decision decision) {
  const auto after = state_after(model, meant_by(model, state, decision), state);
  if (!after) return true; // It is not enabled, or fails: its image, if it is not, has none either.
  const ir::Valuation there = renaming.state(state);
  const ir::Valuation wanted = renaming.state(*after);
  const int process = renaming.processes()[static_cast<std::size_t>(decision.process)];
  return std::ranges::any_of(alternatives_at(model, there), [&](const Decision& image) {
    return image.process == process &&
           state_after(model, meant_by(model, there, image), there) == wanted;
  });
}

} // namespace

std::vector<std::string> audit_symmetry(const ir::Model& model, Effort& effort) {
  std::vector<std::string> complaints;
  const auto renamings = symmetries_of(model, Ranges(model));
  if (renamings.empty()) return complaints;
  for (const ir::Valuation& state : first_states(model, effort)) {
    if (!effort.goes_on()) break;
    for (const Renaming& renaming : renamings) {
      for (const Decision decision : alternatives_at(model, state)) {
        effort.compared();
        if (!has_image(model, renaming, state, decision))
          complaints.push_back(text_of(model, state, decision) + " is not done under other names");
      }
      const ir::Valuation there = renaming.state(state);
      if (broken_part(model, state).has_value() != broken_part(model, there).has_value())
        complaints.emplace_back("a claim is broken under one name only");
    }
  }
  return complaints;
}

} // namespace stalemate
