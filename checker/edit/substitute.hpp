#pragma once

#include "checker/ir/step.hpp"

#include <vector>

namespace stalemate::edit {

/// What the expression reads once the effects have happened, told by the state before them:
/// Dijkstra's weakest precondition of assignments. Null stays null. Throws EditError if that is
/// too long.
[[nodiscard]] ir::ExpressionPtr after(const std::vector<ir::Effect>& effects, ir::ExpressionPtr e);

} // namespace stalemate::edit
