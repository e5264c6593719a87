#pragma once

#include "checker/ir/model.hpp"

#include <cstdint>
#include <vector>

namespace stalemate::ir {

/// The value of an expression in a state.
[[nodiscard]] std::int64_t evaluate(const Expression& expression, const Valuation& state);

/// The value of what was written, whatever it was folded to: the meaning of an expression, by
/// definition, with which everything else must agree. What must be beyond doubt uses this.
[[nodiscard]] std::int64_t evaluate_as_written(const Expression& expression,
                                               const Valuation& state);

/// A cell of a variable.
struct Cell {
  VariableId variable = 0;
  CellIndex index = 0;

  friend auto operator<=>(const Cell&, const Cell&) = default;
};

/// The cells that the expression reads in this state, in the order read, each once.
[[nodiscard]] std::vector<Cell> cells_read(const Expression& expression, const Valuation& state);

} // namespace stalemate::ir
