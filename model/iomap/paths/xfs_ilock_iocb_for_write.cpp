// xfs_ilock_iocb_for_write(), fs/xfs/xfs_file.c, v6.7 and later.
//
// Keeps:   the look at XFS_IREMAPPING with i_rwsem taken shared, which is then taken exclusively.
// Drops:   IOCB_NOWAIT.
// Atomic:  one look at the flag; a clone sets it with i_rwsem held exclusively.
// Sources: 14a537983b22; atlas buffered R11.

#include "model/iomap/paths/xfs_ilock_iocb_for_write.hpp"

#include "model/iomap/objects/lock_order.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

Effect drop_i_rwsem(const Path& p, const World& w, const DioLock& lock) {
  if (!lock.may_be_exclusive) return release_shared(w.inode.i_rwsem);
  if (!lock.may_be_shared) return release(w.inode.i_rwsem);
  const Place holder = w.inode.i_rwsem.holder;
  const Place reader = w.inode.i_rwsem.readers[p.number()];
  return together(holder = select(holder == p.self(), 0, holder), reader = false);
}

Effect exclusively(const Path& p, const World& w, const DioLock& lock) {
  return drop_i_rwsem(p, w, lock).then(*lock.flag = true);
}

bool looks_for_clones(const World& w) {
  return w.setup.runs("clone") && w.kernel().clone_locks == CloneLocks::shared_with_flag;
}

void xfs_ilock_iocb_for_write(Path& p, const World& w, const Effect& now_exclusive, Label shared) {
  const auto fn = p.function("xfs_ilock_iocb_for_write", "fs/xfs/xfs_file.c");
  const Expr is_cloned = w.clone.remapping;
  p.step("is a clone going on?",
         when(!is_cloned).note("no").go(shared),
         when(is_cloned).note("drop i_rwsem again").then(release_shared(w.inode.i_rwsem)));
  p.step("take i_rwsem exclusively, which waits for the clone",
         InOrder(p, w).take(Rank::i_rwsem, w.inode.i_rwsem).then(now_exclusive));
}

} // namespace stalemate::kernel::iomap
