#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"

namespace stalemate {

/// The endless counter that ended a search: an error of the model, but only since the counter's
/// range is too short to go on. Null if something else ended it.
[[nodiscard]] const ir::Variable* too_short(const ir::Model& model, const Result& result);

} // namespace stalemate
