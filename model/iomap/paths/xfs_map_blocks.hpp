#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// Finds where writeback shall write a block of the locked folio `index`, allocating if need be,
/// and adds the block to an ioend.
void xfs_map_blocks(build::Path& p, const World& w, const build::Expr& index, int block_in_folio);

} // namespace stalemate::kernel::iomap
