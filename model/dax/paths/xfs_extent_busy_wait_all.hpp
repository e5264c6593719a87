#pragma once

#include "model/dax/paths.hpp"

namespace stalemate::kernel::dax {

/// Freeze or unmount of the filesystem.
[[nodiscard]] DaxPath unmount();

} // namespace stalemate::kernel::dax
