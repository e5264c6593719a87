#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath swapoff();

} // namespace stalemate::kernel::swap
