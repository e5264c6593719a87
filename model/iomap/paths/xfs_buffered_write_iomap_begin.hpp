#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/paths/iter.hpp"

namespace stalemate::kernel::iomap {

/// Looks up the mapping at the write's position, reserves space if there is none.
void xfs_buffered_write_iomap_begin(build::Path& p, const World& w, const Iter& it);

} // namespace stalemate::kernel::iomap
