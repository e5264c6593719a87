#pragma once

#include "checker/program/ranges.hpp"

#include <map>

namespace stalemate {

/// Cells whose value is known at some place of the program.
using Known = std::map<ir::Cell, int>;

/// The expression with known and constant cells replaced by their values, as short as that makes
/// it. Equal to the original in every state that agrees with `known` and is inside the ranges.
[[nodiscard]] ir::ExpressionPtr
simplify(const ir::ExpressionPtr& expression, const Known& known, const Ranges& ranges);

/// Adds what follows from the simplified expression being true, or false: `a == 1 && !b` makes two
/// cells known. The expression must be satisfiable.
void learn(const ir::ExpressionPtr& expression, bool truth, Known& known);

/// The cell that the expression loads, if it is a load with a constant index or none.
[[nodiscard]] bool is_cell(const ir::ExpressionPtr& expression);
[[nodiscard]] ir::Cell cell_of(const ir::ExpressionPtr& expression);

/// True if some index is not constant: the expression may read cells that only memory knows.
[[nodiscard]] bool has_open_index(const ir::ExpressionPtr& expression);

} // namespace stalemate
