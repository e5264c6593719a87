// xfs_file_remap_range() and xfs_reflink_remap_extent(), fs/xfs/xfs_reflink.c, seen from the
// source.
//
// Keeps:   both locks of the source, the wait for its direct I/O, its write-back, its reflink flag
//          where somebody looks at that, the flag of the clone and the demotion of both locks
//          (14a537983b22), a transaction for each block that counts one more reference. Counters of
//          the source do not move.
// Drops:   the other file but for the blocks that it gets; its locks, which nobody else wants here.
// Atomic:  a transaction is one step under the ILOCK.
// Sources: atlas buffered P6.CL, R11.

#include "model/iomap/paths/xfs_reflink_remap_range.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// The exclusive hold becomes a shared one without a gap.
Effect demote(const Path& p, const SharedLock& lock) {
  return release(lock).then(lock.readers[p.number()] = true);
}

Effect link(const World& w, int b) {
  return together(w.shared[b] = true,
                  w.clone.linked[b] = true,
                  w.clone.place[b] = w.extent.place_of(b),
                  for_each(w.geometry.segments_per_block, [&](int s) {
                    return w.clone.snapshot.row(b)[s] = w.disk.at(w.extent.place_of(b))[s];
                  }));
}

void record_clone(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xfs_file_remap_range", "fs/xfs/xfs_file.c");
  const WritepageContext context(p, w);
  const InOrder locks(p, w);
  const auto how = w.kernel().clone_locks;
  const auto& inode = w.inode;
  p.step("take i_rwsem exclusively", locks.take(Rank::i_rwsem, inode.i_rwsem));
  p.step("take invalidate_lock exclusively",
         locks.take(Rank::invalidate_lock, inode.invalidate_lock));
  inode_dio_wait(p, w);
  filemap_write_and_wait(p, w, context, 0, w.geometry.folios() - 1);
  if (w.dio && std::ranges::any_of(w.dio->requests, [](const DirectRequest& request) {
        return request.writes && !request.is_aligned();
      })) {
    const auto flag = p.function("xfs_reflink_set_inode_flag", "fs/xfs/xfs_reflink.c");
    p.step("say that blocks of the file may be shared", then(w.clone.reflink = true));
  }
  if (how == CloneLocks::shared_with_flag)
    p.step(
        "say that a clone goes on, demote both locks",
        then(w.clone.remapping = true, demote(p, inode.i_rwsem), demote(p, inode.invalidate_lock)));
  if (how == CloneLocks::shared)
    p.step("demote both locks", then(demote(p, inode.i_rwsem), demote(p, inode.invalidate_lock)));
  {
    const auto remap = p.function("xfs_reflink_remap_extent", "fs/xfs/xfs_reflink.c");
    for (int b = 0; b < w.geometry.blocks; ++b)
      p.step(fmt::format("share block {}", b),
             when(w.extent[b] == Extent::mapped).then(link(w, b)),
             otherwise().note("no data"));
  }
  const bool is_shared = how != CloneLocks::exclusive;
  const auto unlock = [&](const SharedLock& lock) {
    return is_shared ? release_shared(lock) : release(lock);
  };
  const auto last =
      together(unlock(inode.invalidate_lock), unlock(inode.i_rwsem), w.clone.returned = true);
  p.step("drop invalidate_lock and i_rwsem, return",
         then(how == CloneLocks::shared_with_flag ? last.then(w.clone.remapping = false) : last)
             .end());
}

} // namespace

IomapPath clone() {
  return {{.name = "clone",
           .process = "cloner",
           .function = "xfs_file_remap_range",
           .text = "ioctl(FICLONE) with the file as its source",
           .source = "atlas buffered P6.CL",
           .options = {}},
          record_clone};
}

} // namespace stalemate::kernel::iomap
