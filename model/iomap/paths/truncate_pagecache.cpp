// truncate_pagecache_range() and truncate_inode_pages_range(), mm/truncate.c.
//
// Keeps:   the folio lock, the wait for writeback with it held, unmapping, dropping a folio with
//          what it holds; zeroing of a folio that is covered in part, which does not make it dirty.
//          Large folios: the split, of which pages in the part go; a dirty one is not split, since
//          it would have to forget which of its blocks are what; a clean one that cannot be split
//          goes as a whole.
// Drops:   the second walk for folios that came back: the callers here keep others from making any.
//          What is left of a split stays one folio, with one lock and one page table entry: what
//          unmapping after a failed split is for (SIGBUS behind i_size) cannot be told.
// Atomic:  unmapping and removal are one step under the folio lock: a fault needs that lock. So are
//          zeroing and splitting.
// Sources: atlas buffered P6.F, P6.TD step 3; truncate_inode_partial_folio of v6.1 to v7.1.

#include "model/iomap/paths/truncate_pagecache.hpp"

#include "model/iomap/objects/lock_order.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

Effect removal(const World& w, const FolioTable::Row& folio) {
  return together(w.setup.is_mapped() ? folio.unmap() : Effect(),
                  folio.remove(),
                  folio.dirty = false,
                  release(folio.lock));
}

/// Part of a folio, that goes: segments first..end-1 of the file.
struct Part {
  int folio;
  int first;
  int end;
};

Effect zero_in_cache(const World& w, const Part& part) {
  const auto folio = w.folio[part.folio];
  const int start = part.folio * w.geometry.segments_per_folio();
  return for_each(part.end - part.first,
                  [&](int i) { return folio.data[part.first - start + i] = content::zeroes; });
}

/// Which blocks are uptodate is forgotten: what is left is the flag of the folio.
Effect forget_blocks(const FolioTable::Row& folio) {
  // All of them go as soon as one is not, so that the later ones see the same.
  return for_each(folio.uptodate.size(), [&](int k) {
    const Place uptodate = folio.uptodate[k];
    return uptodate = uptodate && folio.all_uptodate();
  });
}

/// The pages that lie in the part leave the cache, the others stay as they are.
Effect split(const World& w, const Part& part) {
  const auto folio = w.folio[part.folio];
  const int per_page = w.geometry.segments_per_page();
  const int start = part.folio * w.geometry.segments_per_folio();
  Effect all = forget_blocks(folio);
  for (int k = 0; k < w.geometry.blocks_per_folio; ++k) {
    const int page = start + k * per_page;
    if (page < part.first || part.end < page + per_page) continue;
    all = together(
        all,
        folio.uptodate[k] = false,
        folio.block_dirty[k] = false,
        for_each(per_page, [&](int s) { return folio.data[k * per_page + s] = content::garbage; }));
  }
  return all;
}

/// truncate_inode_partial_folio() of a folio of several pages.
void zero_and_split(Path& p, const World& w, const Part& part) {
  const auto folio = w.folio[part.folio];
  const bool forgets = w.kernel().dirty_split == DirtySplit::forgets_blocks;
  const auto written = [&](const Expr& condition) {
    return when(condition).wait(!folio.writeback,
                                fmt::format("writeback of folio {} to end", part.folio),
                                w.finisher(part.folio));
  };
  const Effect zero = zero_in_cache(w, part);
  const Effect forget = forgets ? forget_blocks(folio) : Effect();
  std::vector<Alternative> ways{
      written(!folio.dirty && folio.refs == 0)
          .note("clean: it is split")
          .then(zero, split(w, part), release(folio.lock)),
      written(!folio.dirty)
          .note("clean, but the split fails: all of it goes")
          .then(removal(w, folio)),
      written(folio.dirty).note("dirty: it is not split").then(zero, forget, release(folio.lock))};
  if (forgets)
    ways.push_back(written(folio.dirty && folio.refs == 0)
                       .note("dirty: it is split all the same")
                       .then(zero, split(w, part), release(folio.lock)));
  p.step(fmt::format("wait for writeback of folio {}, zero the part, split it", part.folio), ways);
}

void zero_part(Path& p, const World& w, const Part& part) {
  const int f = part.folio;
  const auto folio = w.folio[f];
  const auto next = fmt::format("after folio {}", f);
  p.step(fmt::format("lock folio {}, of which a part goes", f),
         InOrder(p, w).take(Rank::folio_lock, folio.lock, when(folio.present)).note("cached"),
         otherwise().note("not cached").go(next));
  if (w.geometry.large_folios)
    zero_and_split(p, w, part);
  else
    p.step(
        fmt::format("wait for writeback of folio {}, zero the part in the cache", f),
        always()
            .wait(!folio.writeback, fmt::format("writeback of folio {} to end", f), w.finisher(f))
            .then(zero_in_cache(w, part), release(folio.lock)));
  p.label(next);
}

} // namespace

void drop_folio(Path& p, const World& w, int f, const Expr& condition) {
  const auto folio = w.folio[f];
  const auto next = fmt::format("after folio {}", f);
  p.step(fmt::format("lock folio {}", f),
         InOrder(p, w)
             .take(Rank::folio_lock, folio.lock, when(folio.present && condition))
             .note("cached"),
         otherwise().note("not cached").go(next));
  p.step(fmt::format("wait for writeback of folio {}, drop it", f),
         always()
             .wait(!folio.writeback, fmt::format("writeback of folio {} to end", f), w.finisher(f))
             .then(removal(w, folio)));
  p.label(next);
}

void truncate_pagecache_range(Path& p, const World& w, int first, int end) {
  const auto fn = p.function("truncate_pagecache_range", "mm/truncate.c");
  const int per_folio = w.geometry.segments_per_folio();
  for (int f = first / per_folio; f * per_folio < end; ++f) {
    const int from = std::max(first, f * per_folio);
    const int to = std::min(end, (f + 1) * per_folio);
    if (to - from == per_folio)
      drop_folio(p, w, f, true);
    else
      zero_part(p, w, {.folio = f, .first = from, .end = to});
  }
}

void truncate_pagecache_from(Path& p, const World& w, int first, const Expr& pos) {
  const auto fn = p.function("truncate_pagecache", "mm/truncate.c");
  const int per_folio = w.geometry.segments_per_folio();
  for (int f = first / per_folio; f < w.geometry.folios(); ++f) {
    const int start = f * per_folio;
    const auto folio = w.folio[f];
    // The position is where a block begins.
    if (w.geometry.blocks_per_folio > 1) {
      const Label next = p.forward();
      const Expr begins_inside = start < pos && pos < start + per_folio;
      p.step(fmt::format("lock folio {}, of which a part goes", f),
             InOrder(p, w)
                 .take(Rank::folio_lock, folio.lock, when(folio.present && begins_inside))
                 .note("cached"),
             otherwise().note("not cached").go(next));
      p.step(
          fmt::format("wait for writeback of folio {}, zero the part in the cache", f),
          always()
              .wait(!folio.writeback, fmt::format("writeback of folio {} to end", f), w.finisher(f))
              .then(for_each(per_folio,
                             [&](int s) {
                               const Place data = folio.data[s];
                               return data = select(pos <= start + s, content::zeroes, data);
                             }),
                    release(folio.lock)));
      p.label(next);
    }
    drop_folio(p, w, f, pos <= start);
  }
}

} // namespace stalemate::kernel::iomap
