#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths.hpp"
#include "model/iomap/paths/xfs_map_blocks.hpp"

namespace stalemate::kernel::iomap {

/// Writes the locked, dirty folio `index`, unlocks it and goes on at `next`; its I/O then completes
/// by itself.
void iomap_writepage_map(build::Path& p,
                         const World& w,
                         const WritepageContext& context,
                         const build::Expr& index,
                         build::Label next);

/// The flusher: writes dirty folios back, one after the other.
[[nodiscard]] IomapPath writeback();

} // namespace stalemate::kernel::iomap
