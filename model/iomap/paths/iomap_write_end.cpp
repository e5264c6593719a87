// copy_folio_from_iter_atomic(), lib/iov_iter.c, and iomap_write_end(), fs/iomap/buffered-io.c.
//
// Keeps:   short copies, discarding a short copy into a folio that is not uptodate, per-block
//          dirty bits, i_size before the folio is unlocked.
// Drops:   inline data, the buffer-head variant, failed copies that end the write.
// Atomic:  the copy is one step: whoever may look at the data without the folio lock sees whole
//          segments, and two stores to one segment have an order anyway.
//          What the file should read as changes with the copy, unless the copy is discarded.
// Sources: atlas buffered W6-W8, R8e.

#include "model/iomap/paths/iomap_write_end.hpp"

#include "model/iomap/objects/content.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

void copy_folio_from_iter_atomic(Path& p,
                                 const World& w,
                                 const Iter& it,
                                 const Place& short_copies) {
  const auto fn = p.function("copy_folio_from_iter_atomic", "lib/iov_iter.c");
  const auto folio = it.folio();
  const int mine = w.tag(p.number());

  const auto copy_up_to = [&](const Expr& end) {
    const auto copied = [&](const Expr& at) { return it.pos <= at && at < end; };
    return for_each(folio.data.size(), [&](int s) {
      const Place data = folio.data[s];
      return data = select(copied(it.position(s)), mine, data);
    });
  };
  const auto record_up_to = [&](const Expr& end) {
    return for_each(it.end - it.first, [&](int i) {
      const int at = it.first + i;
      const Place written = w.written[at];
      const Expr is_copied = it.pos <= at && at < end;
      const Effect record =
          (written = select(is_copied, mine, written)).then(w.rewritten(at, is_copied));
      return w.dio ? record.then(w.dio->stored(p.number(), at, is_copied, mine)) : record;
    });
  };

  const auto whole = [&] { return it.copies_are_short ? it.copied = it.stop() : Effect(); };
  std::vector<Alternative> shorter;
  for (int n = 1; it.copies_are_short && n < it.end - it.first; ++n) {
    const Expr brought = it.pos + n;
    const auto short_copy = when(short_copies > 0 && brought < it.stop())
                                .then(it.copied = min(brought, it.end),
                                      short_copies = short_copies - 1,
                                      copy_up_to(brought));
    shorter.push_back(short_copy.when(folio.all_uptodate())
                          .note("the copy comes back short")
                          .then(record_up_to(brought)));
    shorter.push_back(short_copy.when(!folio.all_uptodate())
                          .note("the copy comes back short, into a folio not uptodate"));
  }
  p.step("copy from the user's buffer",
         then(record_up_to(it.stop()), copy_up_to(it.stop()), whole()),
         shorter);
}

void iomap_write_end(Path& p, const World& w, const Iter& it, Label discarded) {
  const auto fn = p.function("iomap_write_end", "fs/iomap/buffered-io.c");
  const auto folio = it.folio();
  const int per_block = w.geometry.segments_per_block;

  const auto mark = [&](const Array& bits, const Expr& end) {
    return for_each(bits.size(), [&](int k) {
      const Expr start = (it.index() * w.geometry.blocks_per_folio + k) * per_block;
      const Place bit = bits[k];
      return bit = bit || (it.pos < start + per_block && start < end);
    });
  };
  const auto accept = then(
      mark(folio.uptodate, it.stop()), mark(folio.block_dirty, it.copied_to()), folio.dirty = true);
  const std::string what = "mark it uptodate and dirty";
  if (it.copies_are_short)
    p.step(what,
           when(it.copied_to() < it.stop() && !folio.all_uptodate())
               .note("a short copy into a folio not uptodate is discarded")
               .go(discarded),
           accept.otherwise());
  else
    p.step(what, accept);

  if (w.size_can_change())
    p.step("update i_size",
           when(it.copied_to() > w.inode.size)
               .note("the file is longer now")
               .then(w.inode.size = it.copied_to()),
           otherwise().note("it lies inside"));
}

} // namespace stalemate::kernel::iomap
