// xfs_break_dax_layouts() and xfs_wait_dax_page(), fs/xfs/xfs_file.c, v4.18;
// dax_layout_busy_page(), fs/dax.c; dax_break_layout(), v6.15. With the variants of the thread.
//
// Keeps:   unmapping entry by entry, the scan page by page, the wait queue with its re-test between
//          queueing and sleeping, what is unlocked over the sleep and in which order it is taken
//          again, the signal, the new scan; that up to v6.14 a file is not scanned that nobody
//          maps; that releases look through the whole file and v6.15 deletes its entries then; an
//          entry that is locked meanwhile, which older scans do not look at. Of the
//          proposal: the scan that only takes note, and waits for locked entries.
// Drops:   that v6.15 deletes the entries of the range as well, which the caller does anyway; the
//          TLB flush (an entry that is gone is gone for everyone), NOWAIT callers, inode eviction,
//          which waits without signals.
// Atomic:  one page's entry, count and lock bit are looked at under the tree lock.
//          So is what v6.15 does about a locked one: its iterator stands behind it before it
//          sleeps.
// Sources: atlas dax A.3, LB1-LB8, BX0; dax-dma-vs-truncate thread; 6be3e21d25ca, dd59137bfe70;
//          xas_find_conflict(), which says of a locked entry that there is none.

#include "model/dax/paths/xfs_break_dax_layouts.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::dax {

using namespace build;

namespace {

void unmap(Path& p, const World& w, const Punch& punch) {
  const auto fn = p.function("unmap_mapping_range", "mm/memory.c");
  for (int off = punch.first; off < punch.end; ++off)
    p.step(fmt::format("clear the page table entry of offset {}", off), then(w.at.pte[off] = 0));
}

/// Looks at every page of the range; goes to `busy` at the first that is not idle.
void scan(Path& p, const World& w, const Punch& punch, Label busy) {
  const auto fn = p.function("dax_layout_busy_page", "fs/dax.c");
  const LockedEntry locked = w.locks_entries() ? w.kernel().dax_scan_locked : LockedEntry::waits;
  for (int off = punch.first; off < punch.end; ++off) {
    const Place entry = w.at.entry[off];
    const Expr block_number = w.block_of(entry);
    const Place lock = w.at.entry_lock[off];
    const std::string what = fmt::format("the entry of offset {}", off);
    const Effect clean = off + 1 == punch.end ? w.scan_was_clean = true : Effect();
    const auto unlocked = [&](const Alternative& way) {
      return locked == LockedEntry::waits ? way.wait(lock == 0, what, lock) : way.when(lock == 0);
    };
    const Label next = p.forward();
    std::vector<Alternative> ways{unlocked(when(entry != 0 && !w.is_idle(block_number)))
                                      .then(punch.page = block_number)
                                      .go(busy)};
    if (locked == LockedEntry::waits)
      ways.push_back(unlocked(otherwise()).then(clean));
    else
      ways.push_back(unlocked(when(entry == 0 || w.is_idle(block_number))).then(clean).go(next));
    const auto is_locked = when(lock != 0).note("its entry is locked");
    if (locked == LockedEntry::skips) ways.push_back(is_locked.then(clean));
    if (locked == LockedEntry::pauses) ways.push_back(is_locked);
    p.step(fmt::format("is the page at offset {} busy?", off), ways);
    if (locked == LockedEntry::pauses)
      p.step(
          fmt::format("sleep until the entry of offset {} is unlocked, with the next in hand", off),
          always().wait(lock == 0, what, lock).then(clean));
    p.label(next);
  }
}

/// dax_layout_busy_page_range() up to v6.14: nobody has pages of a file that nobody maps, it
/// thinks.
void ask_mappings(Path& p, const World& w, Label done) {
  const auto fn = p.function("dax_layout_busy_page", "fs/dax.c");
  p.step("does anybody map the file?",
         when(w.inode.mapped == true),
         otherwise().note("no: no page is busy").then(w.scan_was_clean = true).go(done));
}

/// The proposal: takes note of busy pages and goes on.
void note_busy_pages(Path& p, const World& w, const Punch& punch) {
  const auto fn = p.function("dax_layout_busy_page", "fs/dax.c");
  for (int off = punch.first; off < punch.end; ++off) {
    const Place entry = w.at.entry[off];
    const Place lock = w.at.entry_lock[off];
    const Effect clean = off + 1 == punch.end ? w.scan_was_clean = !punch.is_busy : Effect();
    const auto unlocked = [&](const Alternative& way) {
      if (!w.locks_entries()) return way;
      return way.wait(lock == 0, fmt::format("the entry of offset {}", off), lock);
    };
    p.step(fmt::format("is the page at offset {} busy? take note", off),
           unlocked(when(entry != 0 && !w.is_idle(w.block_of(entry))))
               .then(punch.is_busy = true,
                     punch.busy_pages = punch.busy_pages + 1,
                     off + 1 == punch.end ? w.scan_was_clean = false : Effect()),
           unlocked(otherwise()).then(clean));
  }
}

/// v6.15: nobody has references on any page of the file. The caller sees to those of its range.
void delete_others(Path& p, const World& w, const Punch& punch) {
  const auto fn = p.function("dax_delete_mapping_range", "fs/dax.c");
  for (int off = 0; off < w.offsets(); ++off) {
    if (off >= punch.first && off < punch.end) continue;
    const Place lock = w.at.entry_lock[off];
    p.step(fmt::format("delete the entry of offset {}", off),
           always()
               .wait(lock == 0, fmt::format("the entry of offset {}", off), lock)
               .then(w.at.entry[off] = 0));
  }
}

/// Sleeps until it is woken for the page, without the locks that the variant drops.
void sleep(Path& p, const World& w, const Punch& punch) {
  const auto fn = p.function("xfs_wait_dax_page", "fs/xfs/xfs_file.c");
  const bool drops_mmaplock = w.kernel().dax_break != Break::wait_under_mmaplock;
  const bool drops_iolock = w.kernel().dax_break != Break::retry_under_iolock && drops_mmaplock;
  if (drops_mmaplock)
    p.step("drop the MMAPLOCK", then(release(w.inode.mmaplock), w.scan_was_clean = false));
  if (drops_iolock) p.step("drop the IOLOCK", then(release(w.inode.iolock)));
  const Place sleeper = w.block.sleeper[punch.page];
  p.step("sleep until the page is idle",
         w.wait_for_pins(
             always(), sleeper == Sleeper::woken, "a page under DMA to become idle", punch.page));
  if (drops_iolock) p.step("take the IOLOCK again", take(w.inode.iolock));
  if (drops_mmaplock) p.step("take the MMAPLOCK again", take(w.inode.mmaplock));
}

} // namespace

void xfs_break_dax_layouts(Path& p, const World& w, const Punch& punch, Label interrupted) {
  const auto fn = p.function("xfs_break_dax_layouts", "fs/xfs/xfs_file.c");
  const Kernel& kernel = w.kernel();
  if (kernel.dax_break == Break::none) return;
  if (kernel.dax_break == Break::busy_extent) {
    unmap(p, w, punch);
    note_busy_pages(p, w, punch);
    return;
  }
  const bool is_release = kernel.dax_break == Break::retry_under_iolock;
  Punch seen = punch;
  if (is_release) {
    seen.first = 0;
    seen.end = w.offsets();
  }
  const Label busy = p.forward();
  const Label done = p.forward();
  p.label("again");
  if (w.is_unmapped && !kernel.dax_scans_unmapped) ask_mappings(p, w, done);
  if (kernel.dax_scan == ScanOrder::before_unmap) {
    scan(p, w, seen, busy);
    unmap(p, w, seen);
  } else {
    unmap(p, w, seen);
    scan(p, w, seen, busy);
  }
  if (is_release && kernel.dax_break_deletes) delete_others(p, w, punch);
  p.step("no page is busy", always().go(done));

  p.label(busy);
  const Place sleeper = w.block.sleeper[punch.page];
  p.step("queue for the page", then(sleeper = Sleeper::queued));
  const Expr is_idle = w.is_idle(punch.page);
  std::vector<Alternative> ways{when(is_idle).go("dequeue"),
                                when(!is_idle).then(w.slept_for_dma = true)};
  if (kernel.dax_signal != Signal::none)
    ways.push_back(when(!is_idle).note("a signal is pending").go("signal"));
  p.step("is it idle now?", ways);
  sleep(p, w, punch);
  p.step("look at the page again", always().retry().go(busy));

  p.label("dequeue");
  const auto leave = then(sleeper = Sleeper::none);
  if (kernel.dax_after_sleep == AfterSleep::frees_at_once)
    p.step("leave the queue", leave.go(done));
  else
    p.step("leave the queue, start over", leave.retry().go("again"));
  if (kernel.dax_signal != Signal::none) {
    p.label("signal");
    p.step("a signal: leave the queue", leave.go(interrupted));
  }
  p.label(done);
}

} // namespace stalemate::kernel::dax
