#pragma once

#include "model/swap/paths/reclaimer.hpp"

namespace stalemate::kernel::swap {

/// Reads task.page, which is locked, from its slot. Whoever ends the read unlocks it.
void swap_readpage(build::Path& path, const World& world, const Reclaimer& task);

} // namespace stalemate::kernel::swap
