#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"

#include <set>

namespace stalemate {

/// Adds every cell that the expression may read: an index that is not constant stands for its
/// range.
void add_cells(const ir::ExpressionPtr& e, std::set<ir::Cell>& cells);

/// The cells that an alternative may read and write. Reading includes the guard, the waits, the
/// checks, the values and the indexes, and the process's location; writing includes the location.
struct Footprint {
  std::set<ir::Cell> enabled; ///< Read to decide whether it is enabled; part of `read`.
  std::set<ir::Cell> read;
  std::set<ir::Cell> written;
};

/// In any state: an index that is not constant stands for every cell of its range.
[[nodiscard]] Footprint static_footprint(const ir::Process& process,
                                         const ir::Alternative& alternative);

/// In this state, in which the process stands at the alternative's step: indexes are resolved, as
/// they are when each effect runs. If the alternative is not enabled, only `enabled` and `read`
/// say something: what it takes for this to be so.
[[nodiscard]] Footprint resolved_footprint(const ir::Model& model,
                                           const ir::Process& process,
                                           const ir::Alternative& alternative,
                                           const ir::Valuation& state);

/// True if neither writes what the other reads or writes: from a state where both are enabled they
/// may run in either order, with the same outcome.
[[nodiscard]] bool are_independent(const Footprint& a, const Footprint& b);

} // namespace stalemate
