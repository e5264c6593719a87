// xfs_trans_alloc(), xfs_log_reserve(), xfs_trans_commit() and xfs_dio_write_end_io(), fs/xfs,
// v5.15.
//
// Keeps:   the order handle, freeze protection, log space, ILOCK, memory, commit; that none of it
//          may fail and that log space is held while waiting for the ILOCK.
// Drops:   block reservations and ENOSPC, quota, buffers (every change is to the inode), the order
//          of waiters for log space (a scenario has one that matters).
// Atomic:  "commit ...": the change is under the ILOCK, and whoever looks at the item waits for the
//          CIL to be written.
// Sources: atlas direct-and-swap 1.8, 7 (T1-T9); swap-dio thread, Chinner, 27 Sep 2021.

#include "model/swap/paths/xfs_trans.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

/// The first unit in stage `from` goes to stage `to`.
Effect change_first(const Log& log, UnitStage from, UnitStage to) {
  Effect all;
  // Downwards, so that what was changed is not changed again.
  for (int u = log.units - 1; u >= 0; --u) {
    const Expr is_first = for_all(u, [&](int before) { return log.stage[before] != from; });
    all = all.then(log.stage[u] = select(log.stage[u] == from && is_first, Expr(to), log.stage[u]));
  }
  return all;
}

void xfs_trans_alloc(Path& p, const World& w, const Transaction& t) {
  const auto fn = p.function("xfs_trans_alloc", "fs/xfs/xfs_trans.c");
  if (w.kernel().transaction_from == MemoryFrom::kmalloc) {
    if (t.reclaimer != nullptr)
      allocate(p, w, "allocate the handle, GFP_KERNEL | __GFP_NOFAIL", t.gfp, t.reclaimer);
    else
      p.step("allocate the handle, __GFP_NOFAIL", allocate_nofail(w, t.gfp));
  }
  if (w.has_path("freeze"))
    p.step("sb_start_intwrite: is the filesystem frozen?",
           always().wait(
               w.file.freezer.is_free(), "the filesystem to be thawed", w.file.freezer.holder));
  {
    const auto reserve = p.function("xfs_log_reserve", "fs/xfs/xfs_log.c");
    p.step("reserve log space",
           w.log.wait_for_space(always())
               .then(change_first(w.log, UnitStage::free, UnitStage::granted))
               .then(w.log.granted_to = p.self()));
  }
}

} // namespace

void xfs_trans(Path& p, const World& w, const Transaction& t) {
  xfs_trans_alloc(p, w, t);
  const auto fn = p.function("xfs_trans_commit", "fs/xfs/xfs_trans.c");
  p.step("take the ILOCK", take(w.file.ilock));
  if (t.needs_memory) {
    allocate(p, w, "read the inode's buffer, GFP_NOFS", Gfp::nofs, t.reclaimer);
    p.step("release the buffer", then(free_memory(w)));
  }
  const bool from_memory = w.kernel().transaction_from == MemoryFrom::kmalloc;
  p.step("commit: " + t.phrase + ", drop the ILOCK",
         then(t.change, change_first(w.log, UnitStage::granted, UnitStage::in_cil))
             .then(w.log.granted_to = 0,
                   w.file.metadata_dirty = true,
                   from_memory ? free_memory(w) : Effect(),
                   release(w.file.ilock)));
}

void xfs_dio_write_end_io(Path& p, const World& w, const FrameTable::Row& page, Gfp gfp) {
  const auto fn = p.function("xfs_dio_write_end_io", "fs/xfs/xfs_file.c");
  const Place extent = w.file.backing[page.slot];
  Transaction t;
  t.gfp = gfp;
  if (w.kernel().extends_file) {
    p.step("is the write good, and beyond i_size?",
           when(!page.failed).note("yes"),
           when(page.failed).note("no").ret());
    t.phrase = "move i_size";
  } else {
    p.step("is the write good, and to an unwritten extent?",
           when(!page.failed && extent == Backing::unwritten).note("yes"),
           otherwise().note("no").ret());
    t.phrase = "convert the extent";
    t.change = extent = Expr(Backing::written);
  }
  xfs_trans(p, w, t);
}

} // namespace stalemate::kernel::swap
