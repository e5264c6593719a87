// iomap_zero_range(), fs/iomap/buffered-io.c, in the generations that it went through.
//
// Keeps:   the loop over mappings and the folios of each, with the retry after a stale one; what is
//          skipped because it is zero on disk; the flush before (c5c810b94cfd) or once dirty data
//          is met over such a mapping (fde4c4c3ec1c), with its exception for an unaligned start;
//          the batch of folios that v7.0 collects at the lookup; dirty folios zeroed in place, as
//          was discussed; reading and dirtying of the folio like any write.
// Drops:   i_size that moves meanwhile: the callers hold i_rwsem and invalidate_lock; that a batch
//          has room for 31 folios and keeps its references until the next lookup.
// Atomic:  zeroing the bytes is one step, as a write's copy is. What the file should read as
//          changes with it, or with the decision to skip.
// Sources: atlas buffered P6.Z, R10; the range that reads as zeroes already is the caller's to
//          trust.

#include "model/iomap/paths/iomap_zero_range.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"
#include "model/iomap/paths/iomap_write_begin.hpp"
#include "model/iomap/paths/iter.hpp"
#include "model/iomap/paths/xfs_buffered_write_iomap_begin.hpp"
#include "model/iomap/paths/xfs_buffered_write_iomap_end.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// filemap_range_needs_writeback(): is any folio of the range dirty or under writeback?
Expr needs_writeback(const World& w, int first, int end) {
  Expr any = false;
  const int per_folio = w.geometry.segments_per_folio();
  for (int f = first / per_folio; f * per_folio < end; ++f)
    any = any || w.folio[f].dirty || w.folio[f].writeback;
  return any;
}

/// The segments of the request that the round covers should read as zeroes from now on.
Effect record_zeroes(const World& w, const Iter& it, const Expr& to) {
  return for_each(it.end - it.first, [&](int i) {
    const int at = it.first + i;
    return w.zeroed(at, it.pos <= at && at < to);
  });
}

void zero_bytes(Path& p, const World& w, const Iter& it) {
  const auto folio = it.folio();
  const auto in_round = [&](int s) {
    return it.pos <= it.position(s) && it.position(s) < it.stop();
  };
  p.step("zero the bytes",
         then(record_zeroes(w, it, it.stop()), for_each(folio.data.size(), [&](int s) {
                const Place data = folio.data[s];
                return data = select(in_round(s), content::zeroes, data);
              })));
  const int per_block = w.geometry.segments_per_block;
  p.step("mark it uptodate and dirty",
         then(for_each(folio.uptodate.size(),
                       [&](int k) {
                         const Expr start =
                             (it.index() * w.geometry.blocks_per_folio + k) * per_block;
                         const Expr touched = it.pos < start + per_block && start < it.stop();
                         const Place uptodate = folio.uptodate[k];
                         const Place dirty = folio.block_dirty[k];
                         return together(uptodate = uptodate || touched, dirty = dirty || touched);
                       }),
              folio.dirty = true));
}

/// The generations that were discussed look at each folio, and map it, by itself.
bool looks_at_each_folio(const Iter& it) {
  return it.looks_for_busy_folios() ||
         it.world.kernel().zeroing == Zeroing::zeroes_busy_folios_late;
}

/// One pass of the loop from `map` on; leaves to `done`.
void zero_through_cache(Path& p, const World& w, const Iter& it, Label map, Label done) {
  const Label stale = w.setup.has_cow() ? p.forward() : map;
  const Label again = p.forward();
  p.label(again);
  iomap_write_begin(p, w, it, stale);
  fill_around_write(p, w, it);
  {
    const auto fn = p.function("iomap_zero_iter", "fs/iomap/buffered-io.c");
    zero_bytes(p, w, it);
    const auto unlock = then(release(it.folio().lock), it.pos = it.stop());
    const Expr mapped_to = min(it.end, it.map_end * w.geometry.segments_per_block);
    if (it.is_in_one_block())
      p.step("unlock the folio", unlock.go(done));
    else if (looks_at_each_folio(it))
      p.step("unlock the folio",
             unlock.when(it.stop() == it.end).note("to the end").go(done),
             unlock.when(it.stop() < it.end).note("more to zero").go(map));
    else
      p.step("unlock the folio",
             unlock.when(it.stop() == it.end).note("to the end").go(done),
             unlock.when(it.stop() < mapped_to).note("more to zero in the mapping").go(again),
             unlock.when(it.stop() == mapped_to && mapped_to < it.end)
                 .note("more to zero, beyond the mapping")
                 .go(map));
  }
  if (w.setup.has_cow()) {
    p.label(stale);
    if (it.is_checked()) xfs_buffered_write_iomap_end(p, w, it, Caller::holds_exclusive, map);
  }
}

/// How far zeroing skips at once: to the end of the mapping, or folio by folio.
Expr skipped_to(const World& w, const Iter& it) {
  return looks_at_each_folio(it) ? it.stop()
                                 : min(it.end, it.map_end * w.geometry.segments_per_block);
}

/// What lies in the mapping and in the request is taken to be zero already.
Alternative skip(const World& w, const Iter& it, const Alternative& way) {
  const Expr to = skipped_to(w, it);
  return way.note("zero on disk already: skip").then(record_zeroes(w, it, to), it.pos = to);
}

/// On a zoned device the filesystem writes back what it finds dirty over a hole.
bool filesystem_flushes(const World& w) {
  return w.setup.is_zoned() && w.kernel().zoned_hole == ZonedHole::both_forks_flushed;
}

/// Does this generation write back what it finds dirty over what is zero on disk?
bool may_flush(const World& w) {
  const Zeroing how = w.kernel().zeroing;
  return how == Zeroing::flushes_if_dirty || how == Zeroing::flushes_once ||
         how == Zeroing::batch_over_unwritten || how == Zeroing::batch || filesystem_flushes(w);
}

/// Over what it does.
Expr is_flushed_over(const Iter& it, Zeroing how) {
  const Expr is_unwritten = it.type == Extent::unwritten;
  return how == Zeroing::batch ? is_unwritten : is_unwritten || it.type == Extent::hole;
}

/// Is the folio at the position zeroed in place, as was discussed, though the mapping is zero?
Expr zeroes_what_is_busy(const Iter& it) {
  if (it.looks_for_busy_folios()) return it.busy;
  const bool looks_late = it.world.kernel().zeroing == Zeroing::zeroes_busy_folios_late;
  return looks_late ? it.is_busy(true) : Expr(false);
}

/// v6.13 to v6.18: a block that the range enters in its middle is zeroed in place if it is dirty or
/// under writeback, whatever the mapping; what follows is looked at afterwards.
void zero_head(Path& p,
               const World& w,
               const Iter& it,
               const std::string& name,
               const Place& range_dirty,
               Label map,
               Label done) {
  const int per_block = w.geometry.segments_per_block;
  const int end = std::min(it.end, (it.first / per_block + 1) * per_block);
  const Iter head(p, w, Request::zero, it.first, end - it.first, 0, name + ".head");
  const Label map_head = p.forward();
  const Label after = end == it.end ? done : p.forward();
  p.step("is the block that the range begins in dirty or under writeback?",
         when(needs_writeback(w, it.first, end)).note("yes"),
         otherwise().note("no").go("range"));
  p.label(map_head);
  xfs_buffered_write_iomap_begin(p, w, head);
  zero_through_cache(p, w, head, map_head, after);
  if (end < it.end) {
    p.label(after);
    const Expr is_dirty = needs_writeback(w, end, it.end);
    p.step("is anything behind it dirty or under writeback?",
           when(is_dirty).note("yes").then(it.pos = end, range_dirty = true).go(map),
           otherwise().note("no").then(it.pos = end).go(map));
  }
  p.label("range");
}

/// One folio of the batch after the other, up to the end of the mapping; the rest of that is zero.
/// Nobody can take a folio of the batch from the cache: reclaim sees the reference, others the
/// locks that the caller holds.
void zero_batch(Path& p, const World& w, const Iter& it, Label map, Label done) {
  const int per_folio = w.geometry.segments_per_folio();
  const Label again = p.forward();
  p.label(again);
  const Label stale = w.setup.has_cow() ? p.forward() : map;
  {
    const auto fn = p.function("__iomap_get_folio", "fs/iomap/buffered-io.c");
    const InOrder locks(p, w);
    const Expr rest = min(it.end, it.map_end * w.geometry.segments_per_block);
    const auto skip_rest =
        when(it.batch.is_empty()).then(record_zeroes(w, it, rest), it.pos = rest);
    std::vector<Alternative> ways;
    for (int f = it.batch.first_folio(); f < it.batch.first_folio() + it.batch.folios(); ++f) {
      const Expr from = max(it.pos, f * per_folio);
      ways.push_back(locks.take(Rank::folio_lock, w.folio[f].lock, when(it.batch.is_next(f)))
                         .note(fmt::format("folio {}", f))
                         .then(record_zeroes(w, it, from), it.pos = from));
    }
    ways.push_back(skip_rest.when(rest == it.end).note("none is left").go(done));
    if (!it.is_in_one_block())
      ways.push_back(skip_rest.when(rest < it.end).note("none is left in the mapping").go(map));
    p.step("lock the next folio of the batch", ways);
  }
  if (it.is_checked()) {
    const auto fn = p.function("iomap_write_begin", "fs/iomap/buffered-io.c");
    p.step("is the cached iomap still valid?",
           when(it.is_valid()).note("yes").ret(),
           otherwise().note("no"));
    p.step("unlock the folio, ask for a new mapping",
           then(release(it.folio().lock), it.batch.put_all()).retry().go(stale));
  }
  fill_around_write(p, w, it);
  {
    const auto fn = p.function("iomap_zero_iter", "fs/iomap/buffered-io.c");
    zero_bytes(p, w, it);
    const auto unlock =
        then(release(it.folio().lock), it.batch.put(it.index()), it.pos = it.stop());
    if (it.is_in_one_block())
      p.step("unlock the folio", unlock.go(done));
    else
      p.step("unlock the folio",
             unlock.when(it.stop() == it.end).note("to the end").go(done),
             unlock.when(it.stop() < it.end).note("more to zero").go(again));
  }
  if (w.setup.has_cow()) {
    p.label(stale);
    if (it.is_checked()) xfs_buffered_write_iomap_end(p, w, it, Caller::holds_exclusive, map);
  }
}

} // namespace

void iomap_zero_range(Path& p,
                      const World& w,
                      const WritepageContext& context,
                      const std::string& name,
                      int first,
                      int end) {
  const auto fn = p.function("iomap_zero_range", "fs/iomap/buffered-io.c");
  const int per_folio = w.geometry.segments_per_folio();
  const Zeroing how = w.kernel().zeroing;
  const Iter it(p, w, Request::zero, first, end - first, 0, name);
  const Place range_dirty = p.local_flag(name + ".range_dirty");
  const Label map = p.forward();
  const Label zero = p.forward();
  const Label done = p.forward();
  const auto flush = [&] {
    filemap_write_and_wait(p, w, context, first / per_folio, (end - 1) / per_folio);
  };

  if (how == Zeroing::flushes_first) flush();
  if (how == Zeroing::flushes_if_dirty && first % w.geometry.segments_per_block != 0)
    zero_head(p, w, it, name, range_dirty, map, done);
  if (may_flush(w))
    p.step("is anything in the range dirty or under writeback?",
           when(needs_writeback(w, first, end)).note("yes").then(range_dirty = true),
           otherwise().note("no"));

  p.label(map);
  xfs_buffered_write_iomap_begin(p, w, it);
  Expr is_zero = it.type == Extent::hole || it.type == Extent::unwritten;
  if (w.setup.is_zoned()) is_zero = is_zero && !it.shared;
  const Expr in_batch = it.collects_folios() ? Expr(it.batch.is_there) : Expr(false);
  Expr is_flushed =
      may_flush(w) ? range_dirty && is_flushed_over(it, how) && is_zero && !in_batch : Expr(false);
  if (filesystem_flushes(w)) is_flushed = is_flushed || (is_zero && it.busy);
  const Expr is_found_busy = zeroes_what_is_busy(it) && !in_batch;
  const Expr is_skipped = is_zero && !in_batch && !is_flushed && !is_found_busy;
  const auto way = skip(w, it, when(is_skipped));
  const Expr to = skipped_to(w, it);
  std::vector<Alternative> ways{way.when(to == it.end).go(done)};
  if (!it.is_in_one_block())
    ways.push_back(way.when(to < it.end).note("zero on disk already: on to the next").go(map));
  if (may_flush(w)) ways.push_back(when(is_flushed).note("dirty data over it").go("flush"));
  if (it.collects_folios())
    ways.push_back(when(in_batch).note("zero on disk but for the batch").go("batch"));
  p.step("is the mapping zero on disk?",
         ways,
         when(!in_batch && (!is_zero || is_found_busy)).note("it holds data").go(zero));
  if (may_flush(w)) {
    p.label("flush");
    flush();
    p.step("forget the mapping, look again", then(range_dirty = false).retry().go(map));
  }
  if (it.collects_folios()) {
    p.label("batch");
    zero_batch(p, w, it, map, done);
  }
  p.label(zero);
  zero_through_cache(p, w, it, map, done);
  p.label(done);
}

namespace {

void record_zero_range(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_zero_range", "fs/xfs/xfs_iomap.c");
  const WritepageContext context(p, w);
  const InOrder locks(p, w);
  p.step("take i_rwsem exclusively", locks.take(Rank::i_rwsem, w.inode.i_rwsem));
  p.step("take invalidate_lock exclusively",
         locks.take(Rank::invalidate_lock, w.inode.invalidate_lock));
  inode_dio_wait_before_freeing(p, w);
  const int first = options.at("at");
  iomap_zero_range(p, w, context, "zero", first, first + options.at("segments"));
  p.step("drop invalidate_lock and i_rwsem",
         then(release(w.inode.invalidate_lock), release(w.inode.i_rwsem)).end());
}

} // namespace

IomapPath zero_range() {
  return {{.name = "zero_range",
           .process = "zeroer",
           .function = "xfs_zero_range",
           .text = "zeroing of a range, as a write beyond i_size or an edge of fallocate needs it",
           .source = "atlas buffered P6.Z",
           .options = {{"at", "first segment that it zeroes", 0, 31, 0},
                       {"segments", "how many segments it zeroes", 1, 32, 1}}},
          record_zero_range};
}

} // namespace stalemate::kernel::iomap
