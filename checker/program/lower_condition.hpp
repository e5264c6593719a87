#pragma once

#include "checker/program/assembler.hpp"
#include "checker/program/layout.hpp"

namespace stalemate {

/// Code that goes on behind it if the truth of the simplified expression is `truth`, and at
/// `target` otherwise.
void lower_condition(
    Assembler& code, const Layout& layout, const ir::ExpressionPtr& e, bool truth, Mark target);

/// Code that leaves the value of the simplified expression in register `into`. Uses the registers
/// above it as scratch.
void lower_value(Assembler& code, const Layout& layout, const ir::ExpressionPtr& e, int into = 0);

/// The cell that alone decides the value of the simplified expression, if there is just one and it
/// has at most `values_max` values.
[[nodiscard]] std::optional<ir::Cell>
sole_cell(const ir::ExpressionPtr& e, const Layout& layout, int values_max);

/// The expression's value for each value of its sole cell, from the lowest on.
[[nodiscard]] std::vector<std::int64_t>
values_by_cell(const ir::ExpressionPtr& e, ir::Cell cell, const Layout& layout);

/// An instruction on the field.
[[nodiscard]] Instruction on_field(Code code, const Field& field);

} // namespace stalemate
