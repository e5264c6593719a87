#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath uffd_move();

} // namespace stalemate::kernel::swap
