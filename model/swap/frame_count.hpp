#pragma once

#include "model/scenario/cast.hpp"
#include "model/swap/layout/setup.hpp"

#include <vector>

namespace stalemate::kernel::swap {

/// The most page frames that anonymous pages can be in at once, one at least. With so many, memory
/// alone decides who gets a page. `cast` is what the scenario lists.
[[nodiscard]] int frames_needed(const Setup& setup, const std::vector<Cast>& cast);

} // namespace stalemate::kernel::swap
