#pragma once

#include "model/dax/paths.hpp"

namespace stalemate::kernel::dax {

/// The end of a discard; comes with `dax_discard`.
[[nodiscard]] DaxPath discard_end();

} // namespace stalemate::kernel::dax
