#pragma once

#include "model/swap/paths/swap_rw.hpp"

namespace stalemate::kernel::swap {

/// ->iomap_begin() of swap I/O: falls off where task.page can be read from or written to the
/// device; goes to `done` with task.result set where it cannot, or need not be.
void xfs_map_swap(build::Path& path,
                  const World& world,
                  const Reclaimer& task,
                  SwapRequest request,
                  build::Label done);

/// Can xfs_map_swap() go to `done` at all?
[[nodiscard]] bool may_refuse(const World& world, SwapRequest request);

} // namespace stalemate::kernel::swap
