// xfs_direct_write_iomap_begin() and xfs_read_iomap_begin(), fs/xfs/xfs_iomap.c, v5.15, and the
// ->iomap_begin() that the swap-dio thread wants for iomap_swap_rw().
//
// Keeps:   the test for a shut down filesystem; the ILOCK of the lookup; what is done about holes
//          and, on reads, about unwritten extents.
// Drops:   sharing and the COW fork: swapon refuses shared files.
// Atomic:  the lookup itself, which is under the ILOCK or on an extent list that cannot change.
// Sources: atlas direct-and-swap 1.4 (M1-M8), 2 (R5), 8 (T1-T5).

#include "model/swap/paths/xfs_mapping.hpp"

#include "model/swap/objects/content.hpp"
#include "model/swap/paths/xfs_trans.hpp"

#include <algorithm>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

bool has_slot_on(const World& w, Backing backing) {
  return std::ranges::find(w.setup.memory.slots, backing) != w.setup.memory.slots.end();
}

Effect refuse(const Reclaimer& task) {
  return task.result = Result::failed;
}

void look_up(Path& p, const World& w) {
  if (w.kernel().swap_lookup != SwapLookup::ilock) {
    p.step("look up the extent", always());
    return;
  }
  p.step("take the ILOCK shared", take_shared(w.file.ilock));
  p.step("look up the extent, drop the ILOCK", then(release_shared(w.file.ilock)));
}

void map_hole(Path& p, const World& w, const Reclaimer& task, Label done) {
  const Place extent = w.file.backing[w.frame[task.page].slot];
  const Label mapped = p.forward();
  const bool allocates = w.kernel().swap_hole == SwapHole::transaction;
  const auto is_hole = when(extent == Backing::hole).note("yes");
  p.step("is there a hole?",
         allocates ? is_hole : is_hole.then(refuse(task)).go(done),
         otherwise().note("no").go(mapped));
  if (allocates) {
    const auto fn = p.function("xfs_iomap_write_direct", "fs/xfs/xfs_iomap.c");
    Transaction t;
    t.gfp = Gfp::reclaim;
    t.phrase = "allocate an unwritten extent";
    t.change = extent = Expr(Backing::unwritten);
    xfs_trans(p, w, t);
  }
  p.label(mapped);
}

/// iomap_dio_hole_iter(): what reads as zeroes is not read.
void zero_page(Path& p, const World& w, const Reclaimer& task, Label done) {
  const auto page = w.frame[task.page];
  p.step("is the extent unwritten?",
         when(w.file.backing[page.slot] == Backing::unwritten)
             .note("yes: zeroes, without I/O")
             .then(page.data = content::zeroes, page.failed = false, task.result = Result::done)
             .go(done),
         otherwise().note("no"));
}

} // namespace

bool may_refuse(const World& w, SwapRequest request) {
  const Kernel& kernel = w.kernel();
  if (kernel.swap_on == SwapOn::btrfs) return false; // what btrfs_swap_activate() accepts is there
  const bool zeroes = !request.is_write && kernel.unwritten_read == UnwrittenRead::zeroes &&
                      (has_slot_on(w, Backing::unwritten) || has_slot_on(w, Backing::hole));
  const bool is_hole =
      request.is_write && has_slot_on(w, Backing::hole) && kernel.swap_hole == SwapHole::error;
  return (kernel.stops_at_shutdown && w.has_path("shutdown")) || kernel.clean_inode_only ||
         is_hole || zeroes;
}

void xfs_map_swap(Path& p, const World& w, const Reclaimer& task, SwapRequest request, Label done) {
  const auto fn = p.function(w.kernel().swap_io == SwapIo::iomap_swap_rw ? "xfs_swap_iomap_begin"
                             : request.is_write ? "xfs_direct_write_iomap_begin"
                                                : "xfs_read_iomap_begin",
                             "fs/xfs/xfs_iomap.c");
  const Kernel& kernel = w.kernel();
  if (kernel.stops_at_shutdown && w.has_path("shutdown"))
    p.step("is the filesystem shut down?",
           when(w.file.shut_down).note("yes").then(refuse(task)).go(done),
           otherwise().note("no"));
  if (kernel.clean_inode_only)
    p.step("is the inode's metadata dirty?",
           when(w.file.metadata_dirty).note("yes").then(refuse(task)).go(done),
           otherwise().note("no"));
  look_up(p, w);
  if (request.is_write && has_slot_on(w, Backing::hole)) map_hole(p, w, task, done);
  const bool reads_zeroes = kernel.unwritten_read == UnwrittenRead::zeroes &&
                            (has_slot_on(w, Backing::unwritten) || has_slot_on(w, Backing::hole));
  if (!request.is_write && reads_zeroes) zero_page(p, w, task, done);
}

} // namespace stalemate::kernel::swap
