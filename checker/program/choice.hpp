#pragma once

#include "checker/program/simplify.hpp"

namespace stalemate {

/// The condition to branch on first so that a `select` inside the simplified expression goes away;
/// null if there is none, or if there are so many different ones that the code would explode.
[[nodiscard]] ir::ExpressionPtr first_choice(const ir::ExpressionPtr& e);

/// The expression where the truth of the choice is known: shorter, and without that choice.
[[nodiscard]] ir::ExpressionPtr decided(const ir::ExpressionPtr& e,
                                        const ir::ExpressionPtr& choice,
                                        bool truth,
                                        const Ranges& ranges);

} // namespace stalemate
