#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/paths/iter.hpp"

namespace stalemate::kernel::iomap {

/// Gives back what a write reserved and did not use, then goes on at `done`. For scenarios that
/// have holes; elsewhere a write never makes a reservation of its own.
void xfs_buffered_write_iomap_end(build::Path& p,
                                  const World& w,
                                  const Iter& it,
                                  build::Label done);

} // namespace stalemate::kernel::iomap
