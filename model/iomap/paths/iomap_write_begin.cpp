// iomap_write_begin() and __iomap_write_begin(), fs/iomap/buffered-io.c, v6.2 and later
// (d7b64041164c). Other places for the validity check are edits of this path, see R1.
//
// Keeps:   the folio lock, the validity check and its place, waiting for stable pages, the choice
//          between zeroing and reading what the caller will not overwrite.
//          A read that fails ends the write: what it read before stays uptodate.
// Drops:   large folios, inline data, fatal signals, failed allocations. None of them touches the
//          cached mapping. What a failed write drops from the cache behind i_size.
// Atomic:  "get and lock the folio" finds or makes the folio in the step that takes its lock: the
//          kernel looks it up first, waits for the lock, and starts again if the folio left the
//          cache meanwhile, which is the same as finding it late. The fill is one step per block
//          because nothing else looks at the data of a locked folio that is not uptodate, and its
//          block on disk does not change while it cannot be under writeback (atlas buffered 1.4).
// Sources: iomap-folio-ops thread, patch 8 and replies; atlas buffered W3-W5, R1.

#include "model/iomap/paths/iomap_write_begin.hpp"

#include "model/iomap/objects/content.hpp"
#include "model/iomap/objects/lock_order.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

void get_and_lock(Path& p, const World& w, const Iter& it) {
  const auto folio = it.folio();
  const InOrder locks(p, w);
  p.step("get and lock the folio",
         locks.take(Rank::folio_lock, folio.lock, when(folio.present)),
         locks.take(Rank::folio_lock, folio.lock, when(!folio.present))
             .note("the folio is new")
             .then(folio.present = true));
  if (w.kernel().stable_writes) {
    const auto fn = p.function("folio_wait_stable", "mm/page-writeback.c");
    p.step(
        "wait until the folio is not under writeback",
        always().wait(!folio.writeback, "writeback of the folio to end", w.finisher(it.index())));
  }
}

} // namespace

void iomap_write_begin(Path& p, const World& w, const Iter& it, Label stale) {
  const auto fn = p.function("iomap_write_begin", "fs/iomap/buffered-io.c");
  get_and_lock(p, w, it);
  if (!it.is_checked()) return;
  p.step("is the cached iomap still valid?",
         when(it.is_valid()).note("yes").ret(),
         otherwise().note("no"));
  p.step("unlock the folio, ask for a new mapping",
         then(release(it.folio().lock)).retry().go(stale));
}

void fill_around_write(Path& p, const World& w, const Iter& it, Label failed) {
  const auto fn = p.function("__iomap_write_begin", "fs/iomap/buffered-io.c");
  const auto folio = it.folio();
  const int per_block = w.geometry.segments_per_block;

  for (int k = 0; k < w.geometry.blocks_per_folio; ++k) {
    const Expr block = it.index() * w.geometry.blocks_per_folio + k;
    const Expr start = block * per_block;
    const Expr finish = start + per_block;
    const Expr touched = it.pos < finish && start < it.stop();
    // Unsharing brings no data of its own, so that it needs all of the block.
    const bool brings_data = it.request != Request::unshare;
    const Expr covered = brings_data && it.pos <= start && finish <= it.stop();
    const Expr gap = touched && !covered && !folio.uptodate[k];
    const Expr zero = it.type != Extent::mapped || it.is_new_block() || w.is_beyond_size(start);
    const bool zeroes_all = !brings_data || w.kernel().zero_fill == ZeroFill::whole_block;
    const auto fill = [&](bool keep_covered, const auto& content) {
      return together(for_each(per_block,
                               [&](int s) {
                                 const int inside = k * per_block + s;
                                 const Expr at = it.position(inside);
                                 const Place data = folio.data[inside];
                                 const Expr kept = keep_covered && it.pos <= at && at < it.stop();
                                 return data = select(kept, data, content(s));
                               }),
                      folio.uptodate[k] = true);
    };
    // Writeback of a neighbour allocates the whole delayed extent: zeroes are still right.
    const Expr is_allocated_since =
        it.type == Extent::delalloc && w.extent[block] == Extent::unwritten;
    const std::string what = "fill what the write will not cover";
    std::vector<Alternative> fails;
    if (w.reads_can_fail()) {
      const Place left = *w.errors->reads;
      fails.push_back(
          when(gap && !zero && left > 0).note("the read fails").then(left = left - 1).go(failed));
    }
    p.step(w.geometry.blocks_per_folio == 1 ? what : fmt::format("{}, block {}", what, k),
           when(gap && zero)
               .note("with zeroes")
               .check(w.claims.fresh_mapping,
                      it.type == w.extent[block] || is_allocated_since,
                      "the write trusts a mapping of a type that the extent no longer has")
               .then(fill(!zeroes_all, [&](int) { return Expr(content::zeroes); })),
           fails,
           when(gap && !zero)
               .note("read from disk")
               .check(w.claims.fresh_mapping,
                      it.type == w.extent[block] && it.source(block) == w.extent.place_of(block),
                      "the write trusts a mapping of a type or place that the extent no longer has")
               .then(fill(false, [&](int s) { return Expr(w.disk.at(it.source(block))[s]); })),
           otherwise().note("nothing to fill"));
  }
}

} // namespace stalemate::kernel::iomap
