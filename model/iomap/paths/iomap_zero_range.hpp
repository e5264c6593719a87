#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths.hpp"
#include "model/iomap/paths/xfs_map_blocks.hpp"

#include <string>

namespace stalemate::kernel::iomap {

/// Makes the segments first..end-1 read as zeroes, through the page cache where there is data.
/// i_rwsem and invalidate_lock are held exclusively. `name` tells its variables from those of
/// another call in the same process.
void iomap_zero_range(build::Path& p,
                      const World& w,
                      const WritepageContext& context,
                      const std::string& name,
                      int first,
                      int end);

/// A caller that zeroes a range of the file: the edges of fallocate(2), a write beyond i_size.
[[nodiscard]] IomapPath zero_range();

} // namespace stalemate::kernel::iomap
