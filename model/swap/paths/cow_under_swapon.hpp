#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath aio_cow();
[[nodiscard]] SwapPath unlink_clone();

} // namespace stalemate::kernel::swap
