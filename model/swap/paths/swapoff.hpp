#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath swapoff();
[[nodiscard]] SwapPath swapon();

} // namespace stalemate::kernel::swap
