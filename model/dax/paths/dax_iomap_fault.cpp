// __xfs_filemap_fault(), fs/xfs/xfs_file.c; dax_iomap_pte_fault(), fs/dax.c;
// xfs_direct_write_iomap_begin(), fs/xfs/xfs_iomap.c, which was xfs_file_iomap_begin() before v5.5;
// xfs_bmap_btalloc(), fs/xfs/libxfs/xfs_bmap.c. A write fault on a DAX mapping.
//
// Keeps:   the MMAPLOCK shared, the locked entry in the mapping tree, the check against i_size, the
//          allocation for a hole, the flags of the brainstormed variants, entry before page table.
// Drops:   huge pages, read faults and the zero page, freeze protection, dirty tags, the zeroing of
//          new blocks. Nobody here reads what is in a block.
// Atomic:  lookup and allocation are one section under the ILOCK and the AGF, with its transaction.
//          A flag is tested in the step that takes the MMAPLOCK, which is kind to the variant.
// Sources: atlas dax DF1-DF6, AL1, BX3, A-R6, A-R14.

#include "model/dax/paths/dax_iomap_fault.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::dax {

using namespace build;

namespace {

void take_mmaplock(Path& p, const World& w, int offset, Label failed) {
  const auto fn = p.function("__xfs_filemap_fault", "fs/xfs/xfs_file.c");
  const Place flag = w.at.no_references[offset];
  const auto lock = take_shared(w.inode.mmaplock);
  if (w.kernel().dax_break == Break::flag_delays_faults)
    p.step("wait until references are allowed, take the MMAPLOCK shared",
           lock.wait(flag == 0, fmt::format("new references on offset {}", offset), flag));
  else if (w.kernel().dax_break == Break::flag_fails_faults)
    p.step("take the MMAPLOCK shared, unless references are refused",
           lock.when(flag == 0),
           when(flag != 0)
               .note("the fault fails")
               .then(w.fault_failed = w.inode.size > offset)
               .go(failed));
  else
    p.step("take the MMAPLOCK shared", lock);
}

/// The mapping under the offset, with a block for a hole.
void iomap_begin(Path& p, const World& w, int offset, Label failed) {
  const auto fn = p.function("xfs_direct_write_iomap_begin", "fs/xfs/xfs_iomap.c");
  const Place extent = w.at.extent[offset];
  const Expr is_inside = w.has_path("dax_truncate") ? w.inode.size > offset : Expr(true);
  const Expr is_hole = is_inside && extent == 0;
  const Expr has_space = w.has_free_block();
  // A busy extent without DMA under it clears by itself, so that waiting for it is right.
  const bool waits = w.kernel().dax_busy_alloc == BusyAlloc::waits_for_clear;
  const Expr may_wait = w.busy.in_tree && (waits ? Expr(true) : !w.busy.dax);

  std::vector<Alternative> ways;
  if (w.has_path("dax_truncate"))
    ways.push_back(when(!is_inside).note("beyond i_size: SIGBUS").go(failed));
  // A hole is one until somebody else's fault, or an earlier one of ours, has filled it.
  const bool starts_as_hole =
      w.setup.layout.offsets[static_cast<std::size_t>(offset)] == Offset::hole;
  const bool unmaps =
      w.has_path("dax_punch") || w.has_path("dax_truncate") || w.has_path("dax_fsync");
  if (!starts_as_hole || w.pinners.size() > 1 || unmaps)
    ways.push_back(when(is_inside && extent != 0).note("there is a block"));
  ways.push_back(
      w.wait_for_pins(when(is_hole && (has_space || may_wait)).note("a hole: allocate a block"),
                      has_space,
                      "the busy extent to clear",
                      w.first_busy())
          .then(extent = w.free_block() + 1,
                w.block.owner[w.free_block()] = owner::offset(offset)));
  ways.push_back(
      when(is_hole && !has_space && !w.busy.in_tree).note("a hole, and no space").go(failed));
  const Expr is_under_dma = is_hole && !has_space && w.busy.in_tree && w.busy.dax;
  if (w.kernel().dax_busy_alloc == BusyAlloc::restarts) {
    p.label("restart");
    ways.push_back(
        when(is_under_dma).note("a hole, and busy blocks: start over").retry().go("restart"));
  } else if (!waits && w.setup.has_callback())
    ways.push_back(when(is_under_dma).note("a hole, and only blocks under DMA").go(failed));
  p.step("map the offset", ways);
}

} // namespace

void dax_iomap_fault(Path& p, const World& w, int offset, Label failed) {
  const auto fn = p.function("dax_iomap_pte_fault", "fs/dax.c");
  const Label failing = p.forward();
  take_mmaplock(p, w, offset, failed);
  const Lock entry{w.at.entry_lock[offset], w.inode.mmaplock.processes()};
  p.step("lock the entry", take(entry));
  iomap_begin(p, w, offset, failing);
  p.step("put the block into the entry", then(w.at.entry[offset] = w.at.extent[offset]));
  p.step("put it into the page table", then(w.at.pte[offset] = w.at.entry[offset]));
  p.step("unlock the entry, drop the MMAPLOCK",
         then(release(entry), release_shared(w.inode.mmaplock)).ret());
  p.label(failing);
  p.step("fail: unlock the entry, drop the MMAPLOCK",
         then(release(entry), release_shared(w.inode.mmaplock)).go(failed));
}

} // namespace stalemate::kernel::dax
