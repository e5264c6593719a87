// filemap_fault(), mm/filemap.c.
//
// Keeps:   i_size, without a lock and with the folio's; the folio lock, invalidate_lock when a
//          folio must be made or read, the mapping that a read takes with the folio locked, SIGBUS
//          for what cannot be read, i_rwsem where the scenario asks for it.
// Drops:   mmap_lock (no path here takes it for writing), readahead, fault-around.
// Atomic:  the folio stays locked from the end of the read to the return of the fault; in between
//          the kernel unlocks and relocks it, clean and uptodate, which is no different from the
//          unlocked folio after the return.
// Sources: atlas buffered F1, G3-G6.

#include "model/iomap/paths/filemap_fault.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/iomap_read_folio.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

void filemap_fault(Path& p, const World& w, int index, Reference reference) {
  const auto fn = p.function("filemap_fault", "mm/filemap.c");
  const auto folio = w.folio[index];
  const InOrder locks(p, w, InOrder::Context::page_fault);
  const bool takes_rwsem = w.kernel().i_rwsem_also_in == RwsemAlsoIn::page_fault;

  if (takes_rwsem)
    p.step("take i_rwsem, to keep writes out", locks.take(Rank::i_rwsem, w.inode.i_rwsem));
  if (w.kernel().glock)
    p.step("take the glock shared", locks.take_shared(Rank::glock, w.inode.glock));
  const int start = index * w.geometry.segments_per_folio();
  const bool may_be_beyond = start >= w.lowest_size();
  const Expr is_beyond = w.is_beyond_size(start);
  const auto leave = [&](Effect first) {
    if (takes_rwsem) first = together(first, release(w.inode.i_rwsem));
    return w.kernel().glock ? together(first, release_shared(w.inode.glock)) : first;
  };
  if (may_be_beyond)
    p.step("does the file reach to the folio?",
           when(!is_beyond).note("yes"),
           when(is_beyond).note("no: SIGBUS").then(leave({})).end());
  p.step("find the folio and lock it",
         locks.take(Rank::folio_lock, folio.lock, when(folio.present && folio.all_uptodate()))
             .go("uptodate"),
         locks.take_shared(Rank::invalidate_lock,
                           w.inode.invalidate_lock,
                           otherwise().note("not there or not uptodate")));
  p.step("lock it, or make a new one",
         locks.take(Rank::folio_lock, folio.lock, when(folio.present)),
         locks.take(Rank::folio_lock, folio.lock, when(!folio.present))
             .note("the folio is new")
             .then(folio.present = true));
  iomap_read_folio(p, w, index);
  const auto is_read = then(release_shared(w.inode.invalidate_lock));
  if (w.reads_can_fail())
    p.step("the read is done: drop invalidate_lock",
           is_read.when(folio.all_uptodate()).note("all of it was read"),
           is_read.when(!folio.all_uptodate())
               .note("an error: SIGBUS")
               .then(leave(release(folio.lock)))
               .end());
  else
    p.step("the read is done: drop invalidate_lock", is_read);
  p.label("uptodate");
  if (may_be_beyond)
    p.step("does the file still reach to it?",
           when(!is_beyond).note("yes"),
           when(is_beyond).note("no: SIGBUS").then(leave(release(folio.lock))).end());
  auto done = leave(release(folio.lock));
  if (reference == Reference::kept) done = together(folio.refs = folio.refs + 1, done);
  p.step(reference == Reference::kept ? "return, unlock the folio, keep a reference"
                                      : "return, unlock the folio",
         then(done));
}

} // namespace stalemate::kernel::iomap
