// iomap_writepages(), iomap_writepage_map() and iomap_submit_ioend(), fs/iomap/buffered-io.c.
//
// Keeps:   the folio lock from dirty to submission, write protection of the mapping, the pending
//          count with its bias, the end of file, submission after the folio is unlocked.
//          What could not be mapped is given up, where the layout says that it happens: with the
//          blocks of the folio that were mapped before, and with no bio; the error is recorded when
//          the folio's writeback may have ended.
// Drops:   integrity passes (they wait for writeback where this one passes by), merging of blocks
//          of several folios into one bio, which fail together.
// Atomic:  the folio is seen dirty and not under writeback in the step that locks it: the kernel
//          looks before and again after taking the lock, and forgets the folio if it changed.
//          "clear dirty ..." is one step: whoever looks at these flags without the folio lock is
//          reclaim, which gives up on a locked folio, and a store, which needs a writable entry.
// Sources: atlas buffered P2 (B0-B9).

#include "model/iomap/paths/iomap_writepages.hpp"

#include "checker/builder/path.hpp"
#include "model/iomap/objects/content.hpp"
#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths/xfs_map_blocks.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// folio_clear_dirty_for_io() write-protects the folio wherever it is mapped.
Effect protect(const World& w, const FolioTable::Row& folio) {
  if (!w.setup.is_mapped()) return {};
  return folio.pte = select(folio.pte == Pte::writable, Pte::read_only, folio.pte);
}

/// iomap_writepage_handle_eof(): what lies beyond i_size is not written, and not kept either.
void handle_eof(Path& p, const World& w, const Expr& index, const FolioTable::Row& folio) {
  const auto fn = p.function("iomap_writepage_handle_eof", "fs/iomap/buffered-io.c");
  const int per_folio = w.geometry.segments_per_folio();
  const auto position = [&](int s) { return index * per_folio + s; };
  p.step("zero what lies beyond i_size", then(for_each(per_folio, [&](int s) {
           const Place data = folio.data[s];
           const Expr is_inside = position(s) < w.inode.size;
           const Effect zero = data = select(is_inside, data, content::zeroes);
           if (!w.setup.has_gap()) return zero;
           // A store there that a growing write was about to take in.
           const Place written = w.written[position(s)];
           return together(zero, written = select(is_inside, written, content::zeroes));
         })));
}

/// xfs_submit_ioend(): from here on the copy is in flight, and the COW fork says so.
void submit_copies(Path& p, const World& w, const Expr& index) {
  const auto fn = p.function("xfs_submit_ioend", "fs/xfs/xfs_aops.c");
  const int per_folio = w.geometry.blocks_per_folio;
  const auto is_copy = [&](int k) {
    const Expr block = index * per_folio + k;
    return w.ioend.stage[block] == IoStage::built && w.ioend.cow[block];
  };
  p.step("convert the extents of the COW fork",
         when(exists(per_folio, is_copy))
             .note("a copy")
             .then(for_each(per_folio,
                            [&](int k) {
                              const Place state = w.cow[index * per_folio + k];
                              const Expr converts = is_copy(k) && state == Extent::unwritten;
                              return state = select(converts, Extent::mapped, state);
                            }),
                   w.inode.bump_cow_seq()),
         otherwise().note("none"));
}

/// xfs_discard_folio(): what was reserved for the block that could not be mapped, and for those
/// behind it, is given back. What is dirty of the folio is lost.
void discard(Path& p, const World& w, const WritepageContext& context, const Expr& index) {
  const auto fn = p.function("xfs_discard_folio", "fs/xfs/xfs_aops.c");
  const auto folio = w.folio[index];
  const int per_folio = w.geometry.blocks_per_folio;
  const int per_block = w.geometry.segments_per_block;
  const Expr first = index * per_folio + max(context.failed - 1, 0);
  const Expr end = (index + 1) * per_folio;
  const auto lose = for_each(per_folio * per_block, [&](int s) {
    const Expr segment = index * per_folio * per_block + s;
    return w.errors->lose(segment,
                          folio.block_dirty[s / per_block] && !w.is_beyond_size(segment) &&
                              w.on_disk_at(segment) != w.written[segment]);
  });
  p.step("give back what the rest of the folio has reserved",
         when(context.failed > 0)
             .note("a block could not be mapped")
             .then(lose, w.extent.punch_delalloc(first, end), w.inode.bump_seq()),
         otherwise().note("all are mapped"));
}

/// What could not be mapped ends the folio's part in the pass: nothing of it is submitted. The
/// error is recorded when writeback of the folio may have ended already.
void fail(Path& p, const World& w, const WritepageContext& context, const Expr& index, Label next) {
  const auto folio = w.folio[index];
  const int per_folio = w.geometry.blocks_per_folio;
  const auto drop_bias = folio.pending = folio.pending - 1;
  {
    const auto fn = p.function("iomap_submit_ioend", "fs/iomap/buffered-io.c");
    p.step("end the folio's part, for its mapping failed",
           when(folio.pending == 1)
               .note("no block was mapped: end writeback")
               .then(context.failed = 0, drop_bias, folio.writeback = false),
           otherwise()
               .note("the blocks before it fail as well")
               .then(context.failed = 0,
                     for_each(per_folio,
                              [&](int k) {
                                const Place stage = w.ioend.stage[index * per_folio + k];
                                return stage =
                                           select(stage == IoStage::built, IoStage::failed, stage);
                              }),
                     drop_bias));
  }
  const auto fn = p.function("mapping_set_error", "include/linux/pagemap.h");
  p.step("record the error of the mapping", then(w.errors->record()).go(next));
}

void submit(Path& p, const World& w, const Expr& index, Label next) {
  const auto fn = p.function("iomap_submit_ioend", "fs/iomap/buffered-io.c");
  const auto folio = w.folio[index];
  const int per_folio = w.geometry.blocks_per_folio;
  const auto submitted = for_each(per_folio, [&](int k) {
    const Place stage = w.ioend.stage[index * per_folio + k];
    return stage = select(stage == IoStage::built, IoStage::submitted, stage);
  });
  const auto drop_bias = folio.pending = folio.pending - 1;
  const auto written = then(submitted, drop_bias).go(next);
  const bool skips_blocks =
      (w.setup.has_holes() && w.kernel().hole_write != HoleWrite::leaves_it) ||
      w.setup.is_zoned() || w.kernel().fork_lookup == ForkLookup::two_ilock_holds;
  if (!skips_blocks) {
    p.step("submit the bio", written);
    return;
  }
  p.step("submit the bio",
         when(folio.pending == 1)
             .note("nothing to write: end writeback")
             .then(drop_bias, folio.writeback = false)
             .go(next),
         written.otherwise());
}

void record_writeback(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("iomap_writepages", "fs/iomap/buffered-io.c");
  const Place index = p.local("index", 0, w.geometry.folios() - 1);
  const WritepageContext context(p, w);
  const InOrder locks(p, w);
  const int passes = options.at("times");
  const Place left = p.local("passes_left", 0, passes, passes);
  const int per_folio = w.geometry.blocks_per_folio;
  const bool ioend_may_be_busy = w.kernel().end_writeback == EndWriteback::before_conversion;
  const bool caches = w.kernel().writeback_mapping != WritebackMapping::looked_up;

  const auto is_ready = [&](int f) {
    const auto candidate = w.folio[f];
    Expr ready = candidate.dirty && !candidate.writeback;
    // Only this variant lets a second write of a block start before the first has ended;
    // there is one ioend for each block, so that the second waits for it here.
    for (int k = 0; ioend_may_be_busy && k < per_folio; ++k)
      ready = ready && w.ioend.stage[f * per_folio + k] == IoStage::none;
    return passes > 0 ? ready && left > 0 : ready;
  };
  const auto start = [&](int f) {
    const auto way =
        locks.take(Rank::folio_lock, w.lock(w.folio.lock[f]), when(is_ready(f))).then(index = f);
    return passes > 0 ? way.then(left = left - 1) : way;
  };
  std::vector<Alternative> ways = for_any(w.geometry.folios(), start);
  if (caches) {
    // A pass goes through the file once; behind its last folio another pass begins.
    ways.clear();
    for (int f = 0; f < w.geometry.folios(); ++f) {
      ways.push_back(start(f).note("a new pass").then(context.reset(w)));
      if (f > 0) ways.push_back(start(f).when(index < f).note("the same pass"));
    }
  }
  const Label next = p.forward();
  p.label(next);
  p.step(weakly_fair(idle("lock a dirty folio")), ways);
  iomap_writepage_map(p, w, context, index, next);
}

} // namespace

void iomap_writepage_map(
    Path& p, const World& w, const WritepageContext& context, const Expr& index, Label next) {
  const auto folio = w.folio[index];
  const int per_folio = w.geometry.blocks_per_folio;
  const Label failed = p.forward();
  {
    const auto map = p.function("iomap_writepage_map", "fs/iomap/buffered-io.c");
    // What lies behind i_size altogether is being truncated.
    const Expr start = index * w.geometry.segments_per_folio();
    const int last_start = (w.geometry.folios() - 1) * w.geometry.segments_per_folio();
    const bool may_be_beyond = w.setup.runs("truncate") && w.lowest_size() <= last_start;
    const Expr is_beyond = may_be_beyond ? w.is_beyond_size(start) : Expr(false);
    const Effect clean = together(folio.dirty = false, protect(w, folio));
    std::vector<Alternative> left_alone;
    if (may_be_beyond)
      left_alone.push_back(when(is_beyond)
                               .note("it lies behind i_size: leave it alone")
                               .then(clean, release(folio.lock))
                               .go(next));
    p.step("clear dirty, write-protect, set writeback",
           when(!is_beyond).then(clean, folio.writeback = true, folio.pending = 1),
           left_alone);
    if (w.has_room_beyond_size()) handle_eof(p, w, index, folio);
    for (int k = 0; k < per_folio; ++k)
      xfs_map_blocks(p, w, context, index, k);
    if (w.maps_can_fail()) discard(p, w, context, index);
    const auto clear =
        then(for_each(per_folio, [&](int k) { return folio.block_dirty[k] = false; }),
             release(folio.lock));
    const auto keep = then(release(folio.lock));
    const Expr has_failed = context.failed > 0;
    if (w.maps_can_fail())
      p.step("clear the blocks' dirty bits, unlock the folio",
             clear.when(!has_failed).note("all are mapped"),
             (w.kernel().failed_map_clears_dirty ? clear : keep)
                 .when(has_failed)
                 .note("a block could not be mapped")
                 .go(failed));
    else
      p.step("clear the blocks' dirty bits, unlock the folio", clear);
  }
  if (w.setup.has_cow() && !w.setup.is_zoned()) submit_copies(p, w, index);
  submit(p, w, index, next);
  if (!w.maps_can_fail()) return;
  p.label(failed);
  fail(p, w, context, index, next);
}

IomapPath writeback() {
  return {
      {.name = "writeback",
       .process = "flusher",
       .function = "iomap_writepages",
       .text = "the flusher: writes dirty folios back, with the completion of their I/O",
       .source = "atlas buffered P2",
       .options = {{"times", "how many folios it writes back; 0: as many as there are", 0, 4, 0}},
       .is_daemon = true},
      record_writeback};
}

} // namespace stalemate::kernel::iomap
