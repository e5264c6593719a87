// xfs_reflink_unshare() and iomap_file_unshare(); xfs_inode_free_cowblocks(), fs/xfs/xfs_icache.c.
//
// Keeps:   unsharing: both locks, the loop over mappings and the folios of each, with its check,
//          blocks filled from where the file has them and made dirty, write-back in the end.
//          Collection: both locks only tried, nothing done if anything is dirty or under writeback
//          or direct I/O in flight.
// Drops:   the reflink flag of the inode, which never clears here.
// Sources: atlas buffered P6.U, P6.CG.

#include "model/iomap/paths/xfs_reflink_unshare.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"
#include "model/iomap/paths/iomap_write_begin.hpp"
#include "model/iomap/paths/iter.hpp"
#include "model/iomap/paths/xfs_buffered_write_iomap_begin.hpp"
#include "model/iomap/paths/xfs_buffered_write_iomap_end.hpp"
#include "model/iomap/paths/xfs_reflink_cancel_cow.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

void unshare_iter(Path& p, const World& w, const Iter& it, Label map, Label done) {
  const auto fn = p.function("iomap_unshare_iter", "fs/iomap/buffered-io.c");
  const int per_block = w.geometry.segments_per_block;
  const Expr mapped_to = min(it.end, it.map_end * per_block);
  const Expr has_data = it.shared && it.type == Extent::mapped;
  const Label stale = p.forward();
  const auto skip = when(!has_data).note("nothing to copy").then(it.pos = mapped_to);
  p.step("is there shared data?",
         skip.when(mapped_to == it.end).go(done),
         skip.when(mapped_to < it.end).go(map),
         when(has_data));
  const Label again = p.forward();
  p.label(again);
  iomap_write_begin(p, w, it, stale);
  fill_around_write(p, w, it);
  p.step("mark it dirty",
         then(w.folio[it.index()].dirty = true, for_each(w.geometry.blocks_per_folio, [&](int k) {
                const Expr start = (it.index() * w.geometry.blocks_per_folio + k) * per_block;
                const Place dirty = it.folio().block_dirty[k];
                return dirty = dirty || (it.pos < start + per_block && start < it.stop());
              })));
  const auto unlock = then(release(it.folio().lock), it.pos = it.stop());
  p.step("unlock the folio",
         unlock.when(it.stop() == it.end).note("to the end").go(done),
         unlock.when(it.stop() < mapped_to).note("more to copy in the mapping").go(again),
         unlock.when(it.stop() == mapped_to && mapped_to < it.end)
             .note("more to copy, beyond the mapping")
             .go(map));
  p.label(stale);
  if (it.is_checked()) xfs_buffered_write_iomap_end(p, w, it, Caller::holds_exclusive, map);
}

void record_unshare(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_reflink_unshare", "fs/xfs/xfs_reflink.c");
  const WritepageContext context(p, w);
  const InOrder locks(p, w);
  const int first = options.at("at");
  const Iter it(p, w, Request::unshare, first, options.at("segments"), 0);
  const Label map = p.forward();
  const Label done = p.forward();
  p.step("take i_rwsem exclusively", locks.take(Rank::i_rwsem, w.inode.i_rwsem));
  p.step("take invalidate_lock exclusively",
         locks.take(Rank::invalidate_lock, w.inode.invalidate_lock));
  inode_dio_wait_before_freeing(p, w);
  p.label(map);
  xfs_buffered_write_iomap_begin(p, w, it);
  unshare_iter(p, w, it, map, done);
  p.label(done);
  const int per_folio = w.geometry.segments_per_folio();
  filemap_write_and_wait(p, w, context, first / per_folio, (it.end - 1) / per_folio);
  p.step("drop invalidate_lock and i_rwsem",
         then(release(w.inode.invalidate_lock), release(w.inode.i_rwsem)).end());
}

void record_collection(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xfs_inode_free_cowblocks", "fs/xfs/xfs_icache.c");
  Expr is_busy = false;
  for (int f = 0; f < w.geometry.folios(); ++f)
    is_busy = is_busy || w.folio[f].dirty || w.folio[f].writeback;
  if (w.dio) is_busy = is_busy || w.dio->count > 0;
  p.step("is anything dirty or under writeback?",
         when(is_busy).note("come back later").end(),
         otherwise());
  const auto& inode = w.inode;
  p.step("try i_rwsem",
         when(inode.i_rwsem.is_free()).take(inode.i_rwsem),
         otherwise().note("busy: come back later").end());
  p.step("try invalidate_lock",
         when(inode.invalidate_lock.is_free()).take(inode.invalidate_lock),
         otherwise().note("busy: come back later").then(release(inode.i_rwsem)).end());
  p.step("is anything dirty or under writeback now?", when(is_busy).go("unlock"), otherwise());
  xfs_reflink_cancel_cow(p, w, 0);
  p.label("unlock");
  p.step("drop invalidate_lock and i_rwsem",
         then(release(inode.invalidate_lock), release(inode.i_rwsem)).end());
}

} // namespace

IomapPath unshare() {
  return {{.name = "unshare",
           .process = "unsharer",
           .function = "xfs_reflink_unshare",
           .text = "fallocate(FALLOC_FL_UNSHARE_RANGE)",
           .source = "atlas buffered P6.U",
           .options = {{"at", "first segment that it unshares", 0, 31, 0},
                       {"segments", "how many segments it unshares", 1, 32, 1}}},
          record_unshare};
}

IomapPath cow_gc() {
  return {{.name = "cow_gc",
           .process = "collector",
           .function = "xfs_inode_free_cowblocks",
           .text = "gives back what is reserved in the COW fork of an idle file, once",
           .source = "atlas buffered P6.CG",
           .options = {},
           .is_daemon = true},
          record_collection};
}

} // namespace stalemate::kernel::iomap
