#pragma once

#include "model/dax/paths.hpp"

namespace stalemate::kernel::dax {

/// The checkpoint that makes the free durable.
[[nodiscard]] DaxPath log_commit();

} // namespace stalemate::kernel::dax
