#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath munmap();

} // namespace stalemate::kernel::swap
