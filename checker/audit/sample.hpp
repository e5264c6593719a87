#pragma once

#include "checker/audit/effort.hpp"
#include "checker/ir/model.hpp"
#include "checker/result/schedule.hpp"

#include <optional>
#include <vector>

namespace stalemate {

/// Reachable states for an audit: the first ones, breadth first, as many as the effort allows.
[[nodiscard]] std::vector<ir::Valuation> first_states(const ir::Model& model, Effort& effort);

/// The alternatives of the steps at which the processes stand, enabled or not.
[[nodiscard]] std::vector<Decision> alternatives_at(const ir::Model& model,
                                                    const ir::Valuation& state);

/// The process and the alternative that a decision means in this state.
struct Meant {
  const ir::Process& process;
  const ir::Alternative& alternative;
};
[[nodiscard]] Meant meant_by(const ir::Model& model, const ir::Valuation& state, Decision decision);

/// The state after an alternative, or after one and then another; nothing if one is not enabled or
/// fails.
[[nodiscard]] std::optional<ir::Valuation>
state_after(const ir::Model& model, const Meant& meant, const ir::Valuation& state);
[[nodiscard]] std::optional<ir::Valuation>
state_after(const ir::Model& model, const Meant& one, const Meant& two, const ir::Valuation& state);

/// The decision in words: "writer0: advance, alternative 1".
[[nodiscard]] std::string
text_of(const ir::Model& model, const ir::Valuation& state, Decision decision);

} // namespace stalemate
