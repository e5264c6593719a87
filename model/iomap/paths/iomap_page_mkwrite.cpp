// do_shared_fault(), mm/memory.c; xfs_write_fault(), fs/xfs/xfs_file.c; iomap_page_mkwrite(),
// fs/iomap/buffered-io.c.
//
// Keeps:   the read fault and its reference on the folio, invalidate_lock and the folio lock of
//          the write fault, reservation of a hole, marking all blocks dirty, the page table entry,
//          the store without any lock, the new fault when the entry is gone or write-protected.
// Drops:   mmap_lock (no path here takes it for writing), faults beyond i_size, a clone in
//          progress, the COW fork. The reference of the first fault keeps reclaim away until the
//          second; whether the folio was truncated is asked only where something truncates, and
//          another folio at its index passes for it. Nobody validates: the folio is locked and
//          uptodate, so that the mapping decides nothing.
// Atomic:  the entry becomes writable in the step that unlocks the folio: a store needs both.
// Sources: path atlas P5 (F1-F7), R1.mid, R7; generic/346.

#include "model/iomap/paths/iomap_page_mkwrite.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/filemap_fault.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// iomap_begin for a fault: reserves or allocates the holes of the folio, and the copies of its
/// shared blocks. No cookie, no IOMAP_F_NEW.
void reserve(Path& p, const World& w, int index) {
  const auto fn = p.function("xfs_buffered_write_iomap_begin", "fs/xfs/xfs_iomap.c");
  const int first = index * w.geometry.blocks_per_folio;
  const int count = w.geometry.blocks_per_folio;
  const bool reserves = w.kernel().hole_write == HoleWrite::reserves;
  const bool fills_holes = w.setup.has_holes() && w.kernel().hole_write != HoleWrite::leaves_it;
  const auto made = reserves ? Extent::delalloc : Extent::mapped;
  if (fills_holes) {
    const Expr has_hole = exists(count, [&](int k) {
      // A block of the COW fork has its reservation there.
      return w.extent.is_hole(first + k) && (!w.setup.has_cow() || w.cow.is_hole(first + k));
    });
    p.step(reserves ? "reserve the holes under the folio" : "allocate the holes under the folio",
           when(has_hole).then(for_each(count,
                                        [&](int k) {
                                          const int b = first + k;
                                          return w.extent.fill(b, w.extent.is_hole(b), made);
                                        }),
                               w.inode.bump_seq()),
           otherwise());
  }
  if (!w.setup.has_cow()) return;
  const auto needs_copy = [&](int k) { return w.shared[first + k] && w.cow.is_hole(first + k); };
  p.step("reserve copies of the shared blocks under the folio",
         when(exists(count, needs_copy))
             .then(for_each(count,
                            [&](int k) {
                              const Place state = w.cow[first + k];
                              return state = select(needs_copy(k), Extent::delalloc, state);
                            }),
                   w.inode.bump_cow_seq()),
         otherwise());
}

void make_writable(Path& p, const World& w, int index, Label fault) {
  const auto fn = p.function("iomap_page_mkwrite", "fs/iomap/buffered-io.c");
  const auto folio = w.folio[index];
  const InOrder locks(p, w, InOrder::Context::page_fault);
  const bool takes_rwsem = w.kernel().i_rwsem_also_in == RwsemAlsoIn::page_fault;
  if (takes_rwsem)
    p.step("take i_rwsem, to keep writes out", locks.take(Rank::i_rwsem, w.inode.i_rwsem));
  if (w.kernel().glock)
    p.step("take the glock exclusively", locks.take(Rank::glock, w.inode.glock));
  p.step("take invalidate_lock shared",
         locks.take_shared(Rank::invalidate_lock, w.inode.invalidate_lock));
  p.step("lock the folio", locks.take(Rank::folio_lock, folio.lock));
  if (w.has_truncation())
    p.step("is it still in the file?",
           when(folio.present && folio.all_uptodate()),
           otherwise().go("gone"));
  reserve(p, w, index);
  p.step("mark the folio and all its blocks dirty",
         then(folio.dirty = true, for_each(folio.block_dirty.size(), [&](int k) {
                return folio.block_dirty[k] = true;
              })));
  p.step("drop invalidate_lock", then(release_shared(w.inode.invalidate_lock)));
  const auto leave = [&](const Effect& first) {
    Effect all = together(first, release(folio.lock), folio.refs = folio.refs - 1);
    if (takes_rwsem) all = together(all, release(w.inode.i_rwsem));
    return w.kernel().glock ? together(all, release(w.inode.glock)) : all;
  };
  p.step("make the entry writable, unlock and put the folio",
         then(leave(folio.pte = Pte::writable)).ret());
  if (!w.has_truncation()) return;
  p.label("gone");
  p.step("unlock and put the folio, fault again",
         then(leave(release_shared(w.inode.invalidate_lock))).go(fault));
}

void record(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("do_shared_fault", "mm/memory.c");
  const int at = options.at("at");
  const int index = at / w.geometry.segments_per_folio();
  const auto folio = w.folio[index];
  const int tag = w.tag(p.number());

  const Label fault = p.forward();
  p.label(fault);
  filemap_fault(p, w, index, Reference::kept);
  make_writable(p, w, index, fault);
  p.step("the user stores through the mapping",
         when(folio.pte == Pte::writable)
             .then(folio.data[at % w.geometry.segments_per_folio()] = tag, w.written[at] = tag)
             .end(),
         otherwise().note("the entry is gone or write-protected").go(fault));
}

} // namespace

IomapPath mmap_write() {
  return {{.name = "mmap_write",
           .process = "mmap",
           .function = "do_shared_fault",
           .text = "a store through a shared mapping of the file, with its page faults",
           .source = "path atlas P5",
           .options = {{"at", "segment of the file that it stores to", 0, 31, 0}}},
          record};
}

} // namespace stalemate::kernel::iomap
