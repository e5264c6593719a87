// xfs_reflink_cancel_cow_blocks() and xfs_reflink_cancel_cow_range(), fs/xfs/xfs_reflink.c.
//
// Keeps:   delayed allocations and real extents both go; an empty COW fork keeps its sequence
//          number.
// Drops:   that the collector leaves written extents alone: here those are under writeback, which
//          it does not disturb.
// Atomic:  one ILOCK section, held over the transactions that it rolls.
// Sources: atlas buffered P6, P6.CG; xfs_itruncate_extents_flags(), fs/xfs/xfs_inode.c.

#include "model/iomap/paths/xfs_reflink_cancel_cow.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

void xfs_reflink_cancel_cow(Path& p, const World& w, int first) {
  if (!w.setup.has_cow()) return;
  const auto fn = p.function("xfs_reflink_cancel_cow_blocks", "fs/xfs/xfs_reflink.c");
  Expr has_some = false;
  Effect cancel;
  for (int b = first; b < w.geometry.blocks; ++b) {
    const Expr is_there = !w.cow.is_hole(b);
    has_some = has_some || is_there;
    cancel = together(
        cancel, w.disk.free(w.cow.has_place(b), w.cow.place_of(b)), w.cow.remove(b, is_there));
  }
  p.step("cancel the COW fork's extents",
         when(has_some).note("it has some").then(cancel, w.inode.bump_cow_seq()),
         otherwise().note("it has none"));
}

} // namespace stalemate::kernel::iomap
