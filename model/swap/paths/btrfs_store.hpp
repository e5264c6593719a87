#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath btrfs_store();

} // namespace stalemate::kernel::swap
