// pagecache_isize_extended(), mm/truncate.c.
//
// Keeps:   the folio lock, write-protection, zeroing from the old end if the folio is dirty then
//          (52aecaee1c26); a clean one is left alone, as if writeback had zeroed it.
// Drops:   nothing.
// Atomic:  what happens with the folio locked is one step.
// Sources: atlas buffered P6.TU, R12c; v6.18.

#include "model/iomap/paths/pagecache_isize_extended.hpp"

#include "model/iomap/objects/lock_order.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

struct Tail {
  int first;
  int end;
};

Tail tail_of(const World& w, int from, int to) {
  return {from, std::min(to, rounded_up(from, w.geometry.segments_per_folio()))};
}

} // namespace

bool cuts_tail(const World& w, int from, int to) {
  const int block_end = rounded_up(from, w.geometry.segments_per_block);
  return w.kernel().growth_zeroes_tail && block_end < tail_of(w, from, to).end;
}

Effect begin_cut(const World& w, int from, int to) {
  if (!cuts_tail(w, from, to)) return {};
  const Tail tail = tail_of(w, from, to);
  return together(w.inode.cut_from = tail.first, w.inode.cut_to = tail.end);
}

Effect end_cut(const World& w) {
  return together(w.inode.cut_from = 0, w.inode.cut_to = 0);
}

namespace {

/// What was stored meanwhile may be forgotten, as if it had come before i_size moved.
Effect settle(const World& w, const Tail& tail) {
  return together(for_each(tail.end - tail.first,
                           [&](int i) {
                             const int s = tail.first + i;
                             return w.zeroed(s, w.seen(s) == content::zeroes);
                           }),
                  end_cut(w));
}

} // namespace

void pagecache_isize_extended(Path& p, const World& w, int from, int to) {
  if (!cuts_tail(w, from, to)) return;
  const Tail tail = tail_of(w, from, to);
  const auto fn = p.function("pagecache_isize_extended", "mm/truncate.c");
  const int f = from / w.geometry.segments_per_folio();
  const auto folio = w.folio[f];
  const int start = f * w.geometry.segments_per_folio();
  p.step(fmt::format("lock folio {}", f),
         InOrder(p, w).take(Rank::folio_lock, folio.lock, when(folio.present)).note("cached"),
         otherwise().note("not cached").then(settle(w, tail)).go("done"));
  const auto protect = w.setup.is_mapped()
                           ? folio.pte =
                                 select(folio.pte == Pte::writable, Pte::read_only, folio.pte)
                           : Effect();
  p.step("write-protect it, zero what lies behind the old end",
         when(folio.dirty)
             .note("it is dirty")
             .then(protect,
                   for_each(tail.end - tail.first,
                            [&](int i) {
                              return together(folio.data[tail.first - start + i] = content::zeroes,
                                              w.freed(tail.first + i));
                            }),
                   end_cut(w),
                   release(folio.lock)),
         otherwise()
             .note("it is clean: nothing to zero")
             .then(protect, settle(w, tail), release(folio.lock)));
  p.label("done");
}

} // namespace stalemate::kernel::iomap
