#pragma once

#include "model/scenario/shape.hpp"

namespace stalemate::kernel {

/// The scenario file format: knobs, paths, options and properties come from their own tables.
[[nodiscard]] const Shape& scenario_format();

} // namespace stalemate::kernel
