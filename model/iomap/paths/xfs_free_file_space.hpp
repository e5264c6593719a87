#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths.hpp"
#include "model/iomap/paths/xfs_map_blocks.hpp"

namespace stalemate::kernel::iomap {

/// Writes back what is cached of the pages with the segments first..end-1, and drops it.
void xfs_flush_unmap_range(
    build::Path& p, const World& w, const WritepageContext& context, int first, int end);

/// Makes a hole of the segments first..end-1 as far as they fill blocks, and zeroes of the rest.
/// i_rwsem and invalidate_lock are held exclusively.
void xfs_free_file_space(
    build::Path& p, const World& w, const WritepageContext& context, int first, int end);

/// What unmapping block `b` does: its place is free for others, unless another file has it.
[[nodiscard]] build::Effect unmap_block(const World& w, int b);

/// fallocate(FALLOC_FL_PUNCH_HOLE).
[[nodiscard]] IomapPath punch_hole();

} // namespace stalemate::kernel::iomap
