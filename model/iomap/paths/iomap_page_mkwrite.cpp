// do_shared_fault(), mm/memory.c; xfs_write_fault(), fs/xfs/xfs_file.c; iomap_page_mkwrite(),
// fs/iomap/buffered-io.c.
//
// Keeps:   the read fault and its reference on the folio, invalidate_lock and the folio lock of
//          the write fault, the wait for a clone (14a537983b22), reservation of holes before i_size
//          and of copies of shared blocks with their rounding, marking all blocks dirty, the wait
//          for stable pages, the page table entry, SIGBUS behind i_size, the store without any
//          lock, the new fault when the entry is gone or write-protected; a fault that fails, where
//          the scenario asks for it.
// Drops:   mmap_lock (no path here takes it for writing).
// The reference of the first fault keeps reclaim away until
//          the second; whether the folio was truncated is asked only where something truncates, and
//          another folio at its index passes for it. Nobody validates: the folio is locked and
//          uptodate, so that the mapping decides nothing.
// Atomic:  the entry becomes writable in the step that unlocks the folio: a store needs both.
// Sources: atlas buffered P5 (F1-F7), R1.mid, R7; generic/346.

#include "model/iomap/paths/iomap_page_mkwrite.hpp"

#include "model/iomap/objects/content.hpp"
#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/filemap_fault.hpp"

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// Reserves copies of the blocks of first..first+count-1 of which the condition is true, rounded to
/// the hint's size on both sides, over whatever is there.
template <typename Condition>
Effect reserve_copies(const World& w, int first, int count, const Condition& needs_copy) {
  const int hint = w.setup.file.cow_extent_size;
  const auto reserve = [&](int b, const Expr& wanted) {
    const Place state = w.cow[b];
    return state = select(wanted, Extent::delalloc, state);
  };
  Effect all;
  for (int begin = first / hint * hint; begin < first + count; begin += hint) {
    const int from = std::max(first, begin);
    const int to = std::min(first + count, begin + hint);
    const Expr any = exists(to - from, [&](int i) { return needs_copy(from - first + i); });
    // Those that need a copy come last: what lies around them goes by that they need one.
    for (int b = begin; b < std::min(begin + hint, w.geometry.blocks); ++b) {
      const bool is_inside = from <= b && b < to;
      if (is_inside && to - from == 1) continue;
      const Expr wanted = is_inside ? any && !needs_copy(b - first) : any;
      all = all.then(reserve(b, wanted && w.cow.is_hole(b)));
    }
    for (int b = from; b < to; ++b)
      all = all.then(reserve(b, needs_copy(b - first)));
  }
  return all;
}

/// iomap_begin for a fault: reserves or allocates the holes of the folio, and the copies of its
/// shared blocks. No cookie, no IOMAP_F_NEW.
void reserve(Path& p, const World& w, int index) {
  const auto fn = p.function("xfs_buffered_write_iomap_begin", "fs/xfs/xfs_iomap.c");
  const int first = index * w.geometry.blocks_per_folio;
  const int count = w.geometry.blocks_per_folio;
  const bool reserves = w.kernel().hole_write == HoleWrite::reserves;
  const bool fills_holes =
      w.setup.has_holes() && !w.setup.is_zoned() && w.kernel().hole_write != HoleWrite::leaves_it;
  const auto made = reserves ? Extent::delalloc : Extent::mapped;
  const auto is_beyond = [&](int k) {
    return w.is_beyond_size((first + k) * w.geometry.segments_per_block);
  };
  if (fills_holes) {
    // A block of the COW fork has its reservation there.
    const auto is_filled = [&](int k) {
      return w.extent.is_hole(first + k) && (!w.setup.has_cow() || w.cow.is_hole(first + k)) &&
             !is_beyond(k);
    };
    const Expr has_hole = exists(count, is_filled);
    p.step(reserves ? "reserve the holes under the folio" : "allocate the holes under the folio",
           when(has_hole).note("a hole").then(
               for_each(count, [&](int k) { return w.extent.fill(first + k, is_filled(k), made); }),
               w.inode.bump_seq()),
           otherwise().note("none"));
  }
  if (!w.setup.has_cow()) return;
  const auto needs_copy = [&](int k) {
    const Expr is_copied = w.setup.is_zoned() ? Expr(true) : Expr(w.shared[first + k]);
    return is_copied && w.cow.is_hole(first + k) && !is_beyond(k);
  };
  p.step("reserve copies of the shared blocks under the folio",
         when(exists(count, needs_copy))
             .note("a shared block")
             .then(reserve_copies(w, first, count, needs_copy), w.inode.bump_cow_seq()),
         otherwise().note("none"));
}

/// invalidate_lock of the write fault: shared, or exclusive while a clone goes on.
struct FaultLock {
  Place is_exclusive;
  bool waits_for_clones;

  [[nodiscard]] Effect drop(const Path& p, const World& w) const {
    const auto& lock = w.inode.invalidate_lock;
    if (!waits_for_clones) return release_shared(lock);
    const Place reader = lock.readers[p.number()];
    const Place holder = lock.holder;
    return together(holder = select(is_exclusive, 0, holder),
                    reader = reader && is_exclusive,
                    is_exclusive = false);
  }
};

void take_invalidate_lock(Path& p, const World& w, const InOrder& locks, const FaultLock& held) {
  const auto& lock = w.inode.invalidate_lock;
  p.step("take invalidate_lock shared", locks.take_shared(Rank::invalidate_lock, lock));
  if (!held.waits_for_clones) return;
  const auto fn = p.function("xfs_ilock_for_write_fault", "fs/xfs/xfs_file.c");
  p.step("is a clone going on?",
         when(!w.clone.remapping).ret(),
         when(w.clone.remapping).note("drop it again").then(release_shared(lock)));
  p.step("take invalidate_lock exclusively, which waits for the clone",
         locks.take(Rank::invalidate_lock, lock).then(held.is_exclusive = true));
}

/// The cleanup of a write's iomap_end, as it was before it was told that a fault called it.
void clean_up(Path& p, const World& w, int index, const InOrder& locks) {
  const auto fn = p.function("xfs_buffered_write_iomap_end", "fs/xfs/xfs_iomap.c");
  const auto folio = w.folio[index];
  const int first = index * w.geometry.blocks_per_folio;
  const bool takes_lock =
      w.kernel().unused_reservation == UnusedReservation::scan_under_invalidate_lock;
  if (takes_lock)
    p.step("take invalidate_lock exclusively",
           locks.take(Rank::invalidate_lock, w.inode.invalidate_lock));
  p.step("punch what is not dirty",
         then(for_each(w.geometry.blocks_per_folio,
                       [&](int k) {
                         const Place state = w.extent[first + k];
                         const Expr punched = state == Extent::delalloc && !folio.block_dirty[k];
                         return state = select(punched, Extent::hole, state);
                       }),
              w.inode.bump_seq()));
  if (takes_lock) p.step("drop invalidate_lock", then(release(w.inode.invalidate_lock)));
}

void make_writable(Path& p, const World& w, int index, bool may_fail, Label fault) {
  const auto fn = p.function("iomap_page_mkwrite", "fs/iomap/buffered-io.c");
  const auto folio = w.folio[index];
  const InOrder locks(p, w, InOrder::Context::page_fault);
  const bool takes_rwsem = w.kernel().i_rwsem_also_in == RwsemAlsoIn::page_fault;
  if (takes_rwsem)
    p.step("take i_rwsem, to keep writes out", locks.take(Rank::i_rwsem, w.inode.i_rwsem));
  if (w.kernel().glock)
    p.step("take the glock exclusively", locks.take(Rank::glock, w.inode.glock));
  const FaultLock held{p.local_flag("holds_exclusively"),
                       w.setup.runs("clone") &&
                           w.kernel().clone_locks == CloneLocks::shared_with_flag};
  take_invalidate_lock(p, w, locks, held);
  p.step("lock the folio", locks.take(Rank::folio_lock, folio.lock));
  const int start = index * w.geometry.segments_per_folio();
  const bool may_be_beyond = start >= w.lowest_size();
  const bool may_be_gone = w.has_truncation() || may_be_beyond;
  if (may_be_gone)
    p.step("is it still in the file?",
           when(folio.present && folio.all_uptodate() &&
                (may_be_beyond ? !w.is_beyond_size(start) : Expr(true)))
               .note("yes"),
           otherwise().note("no").go("gone"));
  reserve(p, w, index);
  if (may_fail)
    p.step("does the fault go on?", always(), always().note("no: an error").go("failed"));
  p.step("mark the folio and all its blocks dirty",
         then(folio.dirty = true, for_each(folio.block_dirty.size(), [&](int k) {
                return folio.block_dirty[k] = true;
              })));
  if (w.kernel().stable_writes) {
    const auto wait = p.function("folio_wait_stable", "mm/page-writeback.c");
    p.step("wait until the folio is not under writeback",
           always().wait(!folio.writeback, "writeback of the folio to end", w.finisher(index)));
  }
  p.step("drop invalidate_lock", then(held.drop(p, w)));
  const auto leave = [&](const Effect& first) {
    Effect all = together(first, release(folio.lock), folio.refs = folio.refs - 1);
    if (takes_rwsem) all = together(all, release(w.inode.i_rwsem));
    return w.kernel().glock ? together(all, release(w.inode.glock)) : all;
  };
  p.step("make the entry writable, unlock and put the folio",
         then(leave(folio.pte = Pte::writable)).ret());
  if (may_be_gone) {
    p.label("gone");
    p.step("unlock and put the folio, fault again", then(leave(held.drop(p, w))).retry().go(fault));
  }
  if (may_fail) {
    p.label("failed");
    if (w.kernel().faults_clean_up) clean_up(p, w, index, locks);
    p.step("unlock and put the folio, the fault failed", then(leave(held.drop(p, w))).end());
  }
}

/// Behind i_size, but a write that is going on has brought its data there already: whichever comes
/// last stays, and i_size will move over it.
Expr is_being_appended(const World& w, int segment) {
  Expr any = false;
  for (std::size_t p = 0; p < w.setup.processes.size(); ++p) {
    const ProcessSpec& process = w.setup.processes[p];
    const auto [first, end] = written_by(process);
    if (!process.runs("buffered_write") || segment < first || segment >= end) continue;
    const int writer = static_cast<int>(p);
    any = any || (w.inode.i_rwsem.holder == writer + 1 && w.written[segment] != content::zeroes);
  }
  return any;
}

void record_mmap_write(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("do_shared_fault", "mm/memory.c");
  const int at = options.at("at");
  const int index = at / w.geometry.segments_per_folio();
  const auto folio = w.folio[index];
  const int tag = w.tag(p.number());
  const Place written = w.written[at];

  const Label fault = p.forward();
  p.label(fault);
  filemap_fault(p, w, index, Reference::kept);
  make_writable(p, w, index, options.at("fails") > 0, fault);
  // What is stored beyond i_size is no data of the file.
  Expr is_data = !w.is_beyond_size(at) || at < w.inode.gap_to;
  if (w.size_can_change()) is_data = is_data || is_being_appended(w, at);
  p.step("the user stores through the mapping",
         when(folio.pte == Pte::writable)
             .then(folio.data[at % w.geometry.segments_per_folio()] = tag,
                   written = select(is_data, tag, written),
                   w.rewritten(at, is_data),
                   w.dio ? w.dio->stored(p.number(), at, is_data, tag) : Effect())
             .end(),
         otherwise().note("the entry is gone or write-protected").retry().go(fault));
}

} // namespace

IomapPath mmap_write() {
  return {{.name = "mmap_write",
           .process = "mmap",
           .function = "do_shared_fault",
           .text = "a store through a shared mapping of the file, with its page faults",
           .source = "atlas buffered P5",
           .options = {{"at", "segment of the file that it stores to", 0, 31, 0},
                       {"fails", "1: its write fault may fail after it reserved space", 0, 1, 0}}},
          record_mmap_write};
}

} // namespace stalemate::kernel::iomap
