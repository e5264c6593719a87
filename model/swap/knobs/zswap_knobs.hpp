#pragma once

#include "model/scenario/knob.hpp"
#include "model/swap/knobs/kernel.hpp"

#include <vector>

namespace stalemate::kernel::swap {

/// These knobs, and behind them those of zswap.
[[nodiscard]] std::vector<KnobOf<Kernel>> with_zswap_knobs(std::vector<KnobOf<Kernel>> knobs);

} // namespace stalemate::kernel::swap
