#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/paths.hpp"
#include "model/iomap/paths/xfs_map_blocks.hpp"

#include <string>

namespace stalemate::kernel::iomap {

/// The file of `from` segments gets `to`, with i_rwsem and invalidate_lock held exclusively and no
/// direct I/O in flight. `name` is the first word of the variables.
void xfs_setattr_size(build::Path& p,
                      const World& w,
                      const WritepageContext& context,
                      const std::string& name,
                      int from,
                      int to);

/// truncate(2), down or up, once or twice in a row.
[[nodiscard]] IomapPath truncate();

} // namespace stalemate::kernel::iomap
