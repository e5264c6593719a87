// iomap_zero_range(), fs/iomap/buffered-io.c, in the generations that it went through.
//
// Keeps:   the loop over mappings, with the retry after a stale one; what is skipped because it is
//          zero on disk; the flush before (c5c810b94cfd) or once dirty data is met over such a
//          mapping (fde4c4c3ec1c), with its exception for an unaligned start; dirty folios zeroed
//          in place, as was discussed; reading and dirtying of the folio like any write.
// Drops:   a batch of folios looked up before (later kernels), i_size that moves meanwhile: the
//          callers hold i_rwsem and invalidate_lock.
// Atomic:  zeroing the bytes is one step, as a write's copy is. What the file should read as
// changes
//          with it, or with the decision to skip.
// Sources: path atlas P6.Z, R10; the range that reads as zeroes already is the caller's to trust.

#include "model/iomap/paths/iomap_zero_range.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"
#include "model/iomap/paths/iomap_write_begin.hpp"
#include "model/iomap/paths/iter.hpp"
#include "model/iomap/paths/xfs_buffered_write_iomap_begin.hpp"
#include "model/iomap/paths/xfs_buffered_write_iomap_end.hpp"

#include <fmt/format.h>

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
    const Place written = w.written[at];
    return written = select(it.pos <= at && at < to, content::zeroes, written);
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

/// One pass of the loop from `map` on; leaves to `done`.
void zero_through_cache(Path& p, const World& w, const Iter& it, Label map, Label done) {
  const Label stale = w.setup.has_cow() ? p.forward() : map;
  iomap_write_begin(p, w, it, stale);
  fill_around_write(p, w, it);
  {
    const auto fn = p.function("iomap_zero_iter", "fs/iomap/buffered-io.c");
    zero_bytes(p, w, it);
    const auto unlock = then(release(it.folio().lock), it.pos = it.stop());
    if (it.is_in_one_block())
      p.step("unlock the folio", unlock.go(done));
    else
      p.step("unlock the folio",
             unlock.when(it.stop() == it.end).go(done),
             unlock.when(it.stop() < it.end).note("more to zero").go(map));
  }
  if (w.setup.has_cow()) {
    p.label(stale);
    if (it.is_checked()) xfs_buffered_write_iomap_end(p, w, it, Caller::holds_exclusive, map);
  }
}

/// How far zeroing skips at once: to the end of the mapping, or folio by folio.
Expr skipped_to(const World& w, const Iter& it) {
  const Zeroing how = w.kernel().zeroing;
  const bool by_folio = it.looks_for_busy_folios() || how == Zeroing::zeroes_busy_folios_late;
  return by_folio ? it.stop() : min(it.end, it.map_end * w.geometry.segments_per_block);
}

/// What lies in the mapping and in the request is taken to be zero already.
Alternative skip(const World& w, const Iter& it, const Alternative& way) {
  const Expr to = skipped_to(w, it);
  return way.note("zero on disk already: skip").then(record_zeroes(w, it, to), it.pos = to);
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
  const int per_block = w.geometry.segments_per_block;
  const Zeroing how = w.kernel().zeroing;
  const Iter it(p, w, Request::zero, first, end - first, 0, name);
  const Label map = p.forward();
  const Label zero = p.forward();
  const Label done = p.forward();
  const auto flush = [&] {
    filemap_write_and_wait(p, w, context, first / per_folio, (end - 1) / per_folio);
  };

  if (how == Zeroing::flushes_first) flush();
  const Place range_dirty = p.local_flag(name + ".range_dirty");
  const bool is_unaligned = first % per_block != 0;
  if (how == Zeroing::flushes_if_dirty)
    p.step("is anything in the range dirty or under writeback?",
           when(needs_writeback(w, first, end)).note("yes").then(range_dirty = true),
           otherwise().note("no"));

  p.label(map);
  xfs_buffered_write_iomap_begin(p, w, it);
  const Expr is_zero = it.type == Extent::hole || it.type == Extent::unwritten;
  const auto is_skipped = [&](const Expr& condition) {
    const auto way = skip(w, it, when(condition));
    const Expr to = skipped_to(w, it);
    std::vector<Alternative> ways{way.when(to == it.end).go(done)};
    if (!it.is_in_one_block())
      ways.push_back(way.when(to < it.end).note("zero on disk already: on to the next").go(map));
    return ways;
  };
  const std::string what = "is the mapping zero on disk?";
  switch (how) {
  case Zeroing::skips:
  case Zeroing::flushes_first:
    p.step(what, is_skipped(is_zero), when(!is_zero).note("it holds data").go(zero));
    break;
  case Zeroing::flushes_if_dirty: {
    // The start of a range that begins inside a block is zeroed in place if it is dirty.
    const Expr in_head = is_unaligned ? it.pos == first && range_dirty : Expr(false);
    p.step(what,
           is_skipped(is_zero && !range_dirty && !in_head),
           when(is_zero && range_dirty && !in_head).note("dirty data over it").go("flush"),
           when(in_head || !is_zero).note("it holds data").go(zero));
    p.label("flush");
    flush();
    p.step("forget the mapping, look again", then(range_dirty = false).retry().go(map));
    break;
  }
  case Zeroing::zeroes_busy_folios:
  case Zeroing::zeroes_dirty_folios:
  case Zeroing::zeroes_busy_folios_late: {
    const Expr is_dirty = it.looks_for_busy_folios() ? Expr(it.busy) : it.is_busy(true);
    p.step(what,
           is_skipped(is_zero && !is_dirty),
           when(!is_zero || is_dirty).note("it holds data").go(zero));
    break;
  }
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
           .source = "path atlas P6.Z",
           .options = {{"at", "first segment that it zeroes", 0, 31, 0},
                       {"segments", "how many segments it zeroes", 1, 32, 1}}},
          record_zero_range};
}

} // namespace stalemate::kernel::iomap
