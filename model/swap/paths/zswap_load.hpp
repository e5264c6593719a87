#pragma once

#include "model/swap/paths/reclaimer.hpp"

namespace stalemate::kernel::swap {

/// Fills task.page, which is locked and in the swap cache, from zswap; goes to `miss` if zswap has
/// not got it.
void zswap_load(build::Path& path, const World& world, const Reclaimer& task, build::Label miss);

} // namespace stalemate::kernel::swap
