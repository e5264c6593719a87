#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/paths/iter.hpp"

namespace stalemate::kernel::iomap {

/// ->iomap_begin of a write, or of zeroing, on a zoned device: what is written goes to the COW
/// fork. Zeroing that must write back first is told so by `it.busy`.
void xfs_zoned_buffered_write_iomap_begin(build::Path& p, const World& w, const Iter& it);

} // namespace stalemate::kernel::iomap
