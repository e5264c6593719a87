#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath chmod_swap_file();
[[nodiscard]] SwapPath read_file();
[[nodiscard]] SwapPath readahead();

} // namespace stalemate::kernel::swap
