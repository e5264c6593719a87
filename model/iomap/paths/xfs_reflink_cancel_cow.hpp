#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// One step that gives back what the COW fork has from block `first` on, reservations and real
/// extents; none for a file without a COW fork.
void xfs_reflink_cancel_cow(build::Path& p, const World& w, int first);

} // namespace stalemate::kernel::iomap
