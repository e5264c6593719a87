#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath zswap_shrinker();

} // namespace stalemate::kernel::swap
