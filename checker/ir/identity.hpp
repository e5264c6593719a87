#pragma once

#include "checker/ir/model.hpp"

#include <cstdint>

namespace stalemate::ir {

/// A number that two models share if, and as good as only if, they are the same: variables,
/// processes, steps, properties, and the words for them. What the model is called, how it came
/// about by edits and where in the C++ source steps were recorded do not count. The same on every
/// machine.
[[nodiscard]] std::uint64_t identity(const Model& model);

} // namespace stalemate::ir
