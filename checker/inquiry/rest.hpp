// Where everyone has come to an end, as an expression about the state.
#pragma once

#include "checker/ir/model.hpp"

namespace stalemate {

/// True where every process has ended, or rests at a step where it may and has nothing to do.
[[nodiscard]] ir::ExpressionPtr everyone_rests(const ir::Model& model);

} // namespace stalemate
