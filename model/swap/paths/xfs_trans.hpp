#pragma once

#include "model/swap/paths/reclaimer.hpp"

namespace stalemate::kernel::swap {

/// One transaction on the swap file's inode: handle, freeze protection, log space, ILOCK, `change`,
/// commit. `reclaimer` as for allocate(): only a task that is not in reclaim has one.
struct Transaction {
  Gfp gfp;
  std::string phrase; ///< What it changes, for the step that does: "convert the extent".
  build::Effect change;
  const Reclaimer* reclaimer = nullptr;
  bool needs_memory = false; ///< The commit allocates while the ILOCK is held.
};
void xfs_trans(build::Path& path, const World& world, const Transaction& transaction);

/// xfs_dio_write_end_io(): converts what the write was mapped to, or moves i_size.
void xfs_dio_write_end_io(build::Path& path,
                          const World& world,
                          const FrameTable::Row& page,
                          Gfp gfp);

} // namespace stalemate::kernel::swap
