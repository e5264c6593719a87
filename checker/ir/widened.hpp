#pragma once

#include "checker/ir/model.hpp"

#include <optional>

namespace stalemate::ir {

/// No endless counter is followed further, unless it is declared so.
inline constexpr int counters_max = 255;

/// The model with its endless counters followed up to `high`, and with room for what may hold
/// values of theirs. Expressions are made anew from what was written, since what was folded holds
/// in the old ranges only. Nothing if no counter gains by it, or if the model does not allow it: a
/// counter may be an index.
[[nodiscard]] std::optional<Model> widened(const Model& model, int high);

} // namespace stalemate::ir
