#pragma once

#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

[[nodiscard]] SwapPath exit_process();
[[nodiscard]] SwapPath aio_write();
[[nodiscard]] SwapPath freeze();
[[nodiscard]] SwapPath shutdown();
[[nodiscard]] SwapPath two_bios();
[[nodiscard]] SwapPath bio_device();

} // namespace stalemate::kernel::swap
