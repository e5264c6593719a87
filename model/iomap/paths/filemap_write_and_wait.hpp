#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths/xfs_map_blocks.hpp"

namespace stalemate::kernel::iomap {

/// Writes the dirty folios among first..last and waits until none of them is under writeback.
void filemap_write_and_wait(
    build::Path& p, const World& w, const WritepageContext& context, int first, int last);

} // namespace stalemate::kernel::iomap
