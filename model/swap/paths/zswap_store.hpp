#pragma once

#include "model/swap/paths/reclaimer.hpp"

namespace stalemate::kernel::swap {

/// Takes the page, which is locked and in the swap cache, into zswap; goes to `refused` if zswap
/// does not take it.
void zswap_store(build::Path& path,
                 const World& world,
                 const FrameTable::Row& page,
                 build::Label refused);

} // namespace stalemate::kernel::swap
