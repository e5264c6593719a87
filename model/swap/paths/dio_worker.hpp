#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath dio_worker();

} // namespace stalemate::kernel::swap
