#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// What is allocated or reserved behind the end of the file goes. i_rwsem is held exclusively.
void xfs_free_eofblocks(build::Path& p, const World& w);

/// The worker that gives back what is preallocated behind the end of the file.
[[nodiscard]] IomapPath free_eofblocks();

} // namespace stalemate::kernel::iomap
