#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath xfsaild();
[[nodiscard]] SwapPath cil_worker();

} // namespace stalemate::kernel::swap
