#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// Waits until no direct I/O is in flight; no step in a scenario without.
void inode_dio_wait(build::Path& p, const World& w);

/// The same, for those who are about to free blocks.
void inode_dio_wait_before_freeing(build::Path& p, const World& w);

} // namespace stalemate::kernel::iomap
