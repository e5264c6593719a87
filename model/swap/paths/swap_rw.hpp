#pragma once

#include "model/swap/paths/reclaimer.hpp"

namespace stalemate::kernel::swap {

struct SwapRequest {
  bool is_write;
  bool is_sync;
  Gfp gfp = Gfp::reclaim; ///< Of the task that asks.
};

/// ->swap_rw() of the filesystem or block device, for task.page. task.result says what it returned;
/// `queued` means that the completion will run, or has run, elsewhere.
void swap_rw(build::Path& path, const World& world, const Reclaimer& task, SwapRequest request);

/// The proposed iomap_swap_rw(), for the write of task.page, which is locked.
void iomap_swap_write(build::Path& path, const World& world, const Reclaimer& task);

/// What iomap_dio_complete() does for a swap request, by whoever runs it; leaves page.failed.
void iomap_dio_complete(build::Path& path,
                        const World& world,
                        const FrameTable::Row& page,
                        SwapRequest request);

} // namespace stalemate::kernel::swap
