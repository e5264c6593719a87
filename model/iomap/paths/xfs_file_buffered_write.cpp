// xfs_file_buffered_write() and iomap_file_buffered_write(), v6.2 and later.
//
// Keeps:   i_rwsem, the loop over mappings and folios, the retry after a stale mapping, dirty
//          throttling and the fault-in of the user's buffer, where the scenario asks for them.
//          Zeroing from i_size up to a write behind it.
// Drops:   O_SYNC, O_APPEND, ENOSPC retries, NOWAIT, signals. mapping_order = lock_then_map is how
// buffer heads did it, one mapping a folio. Atomic:  advancing the iterator is local and belongs to
// the step that unlocks the folio. Sources: atlas buffered P1; iomap-folio-ops thread.

#include "model/iomap/paths/xfs_file_buffered_write.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/filemap_fault.hpp"
#include "model/iomap/paths/gfs2_iomap_end.hpp"
#include "model/iomap/paths/iomap_write_begin.hpp"
#include "model/iomap/paths/iomap_write_end.hpp"
#include "model/iomap/paths/xfs_buffered_write_iomap_begin.hpp"
#include "model/iomap/paths/xfs_buffered_write_iomap_end.hpp"
#include "model/iomap/paths/xfs_file_write_checks.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// The write sleeps until what is dirty has been written: the strictest form of throttling.
void balance_dirty_pages(Path& p, const World& w) {
  const auto fn = p.function("balance_dirty_pages_ratelimited", "mm/page-writeback.c");
  Expr busy = false;
  Expr cleaner = first_process(w.setup, "writeback") + 1;
  for (int b = 0; b < w.geometry.blocks; ++b)
    cleaner = select(w.ioend.stage[b] != IoStage::none, w.completer(b) + 1, cleaner);
  for (int f = 0; f < w.geometry.folios(); ++f)
    busy = busy || w.folio[f].dirty || w.folio[f].writeback;
  p.step("throttled: wait until dirty pages were written",
         always().wait(!busy, "writeback to make progress", cleaner));
}

/// EFAULT: the write ends early, with what it has written so far.
void fault_in_or_give_up(Path& p, Label give_up) {
  const auto fn = p.function("fault_in_iov_iter_readable", "lib/iov_iter.c");
  p.step("fault in the user's buffer", always(), always().note("it is gone: give up").go(give_up));
}

/// Where a write goes on after it gave up a folio.
struct Onward {
  Label written;           ///< Nothing is left to write.
  Label same_mapping = {}; ///< There is more, and the cached mapping covers it.
  Label new_mapping = {};  ///< There is more, beyond the cached mapping.
};

void put_folio(Path& p, const World& w, const Iter& it, const Onward& onward) {
  const auto fn = p.function("__iomap_put_folio", "fs/iomap/buffered-io.c");
  const auto unlock = then(release(it.folio().lock), it.pos = it.copied_to());
  if (!it.takes_rounds()) {
    p.step("unlock the folio", unlock.go(onward.written));
    return;
  }
  const bool one_mapping_a_folio = w.kernel().mapping_order == MappingOrder::lock_then_map;
  const Expr is_all = it.copied_to() == it.end;
  const Expr in_mapping = it.is_in_one_block() || one_mapping_a_folio
                              ? Expr(true)
                              : it.copied_to() < it.map_end * w.geometry.segments_per_block;
  std::vector<Alternative> ways;
  ways.push_back(unlock.when(is_all).go(onward.written));
  ways.push_back(unlock.when(!is_all && in_mapping).note("more to write").go(onward.same_mapping));
  if (!it.is_in_one_block() && !one_mapping_a_folio)
    ways.push_back(unlock.when(!is_all && !in_mapping)
                       .note("more to write, beyond the mapping")
                       .go(onward.new_mapping));
  p.step("unlock the folio", ways);
}

/// The same, and then what lies in the folio of the old end is looked after.
void put_folio_of_gap(
    Path& p, const World& w, const Iter& it, const Gap& gap, const Onward& onward) {
  const Label extend = p.forward();
  if (!it.takes_rounds()) {
    put_folio(p, w, it, {.written = extend});
    p.label(extend);
    gap.extend(p);
    const auto fn = p.function("iomap_write_iter", "fs/iomap/buffered-io.c");
    p.step("all is written", always().go(onward.written));
    return;
  }
  // The way on is kept over what is done for the old end.
  const bool maps_again =
      !it.is_in_one_block() && w.kernel().mapping_order == MappingOrder::map_then_lock;
  const Place next = p.local("goes_on", 0, maps_again ? 2 : 1);
  Onward then_on{.written = p.forward(), .same_mapping = p.forward()};
  if (maps_again) then_on.new_mapping = p.forward();
  put_folio(p, w, it, then_on);
  const auto fn = p.function("iomap_write_iter", "fs/iomap/buffered-io.c");
  p.label(then_on.written);
  p.step("all is written", then(next = 0).go(extend));
  p.label(then_on.same_mapping);
  p.step("there is more in the mapping", then(next = 1).go(extend));
  if (maps_again) {
    p.label(then_on.new_mapping);
    p.step("there is more beyond the mapping", then(next = 2));
  }
  p.label(extend);
  gap.extend(p);
  std::vector<Alternative> ways{when(next == 0).note("to the end").go(onward.written),
                                when(next == 1).note("in the mapping").go(onward.same_mapping)};
  if (maps_again) ways.push_back(when(next == 2).note("with a new one").go(onward.new_mapping));
  p.step("go on with the write", ways);
}

void put_discarded_folio(Path& p, const Iter& it, Label again) {
  const auto fn = p.function("__iomap_put_folio", "fs/iomap/buffered-io.c");
  p.step("unlock the folio, nothing was accepted",
         then(release(it.folio().lock)).retry().go(again));
}

void record_buffered_write(Path& p, const World& w, const Options& options) {
  xfs_file_buffered_write(p,
                          w,
                          {.first = options.at("at"),
                           .segments = options.at("segments"),
                           .short_copies = options.at("short_copies"),
                           .times = options.at("times"),
                           .buffer_folio = options.at("buffer_folio"),
                           .may_give_up = options.at("gives_up") > 0});
}

} // namespace

void xfs_file_buffered_write(Path& p, const World& w, const BufferedRequest& request) {
  const auto fn = p.function("xfs_file_buffered_write", "fs/xfs/xfs_file.c");
  const Iter it(p, w, Request::write, request.first, request.segments, request.short_copies);
  const Place shorts = p.local("short_copies_left", 0, request.short_copies, request.short_copies);
  const Place left = p.local("writes_left", 1, request.times, request.times);
  const bool maps_first = w.kernel().mapping_order == MappingOrder::map_then_lock;
  const bool reserves = may_reserve(w);
  const bool may_give_up = request.may_give_up;
  const Label map = p.forward();
  const Label again = p.forward();
  const Label stale = reserves ? p.forward() : map;
  const Label discarded = p.forward();
  const Label written = p.forward();
  const bool may_fail = w.reads_can_fail();
  const bool gives_back = (reserves || deallocates(w)) && (may_give_up || may_fail);
  const Label give_up = gives_back ? p.forward() : written;
  const Label failed = p.forward();

  const Gap gap(p, w, it.first);

  p.label("next write");
  p.step("take i_rwsem exclusively", InOrder(p, w).take(Rank::i_rwsem, w.inode.i_rwsem));
  if (w.kernel().glock)
    p.step("take the glock exclusively", InOrder(p, w).take(Rank::glock, w.inode.glock));

  gap.zero(p);
  p.label(map);
  if (maps_first) xfs_buffered_write_iomap_begin(p, w, it);
  p.label(again);
  if (w.kernel().dirty_throttle) balance_dirty_pages(p, w);
  if (request.buffer_folio >= 0) filemap_fault(p, w, request.buffer_folio, Reference::dropped);
  if (may_give_up) fault_in_or_give_up(p, give_up);
  iomap_write_begin(p, w, it, stale);
  if (!maps_first) xfs_buffered_write_iomap_begin(p, w, it);
  fill_around_write(p, w, it, failed);
  copy_folio_from_iter_atomic(p, w, it, shorts);
  iomap_write_end(p, w, it, discarded);
  const Onward onward{.written = written, .same_mapping = again, .new_mapping = map};
  if (gap.has_tail())
    put_folio_of_gap(p, w, it, gap, onward);
  else
    put_folio(p, w, it, onward);

  if (it.copies_are_short) {
    p.label(discarded);
    put_discarded_folio(p, it, again);
  }
  if (it.is_checked() && reserves) {
    p.label(stale);
    xfs_buffered_write_iomap_end(p, w, it, Caller::holds_nothing, map);
  }
  if (may_fail) {
    p.label(failed);
    const auto begin = p.function("iomap_write_begin", "fs/iomap/buffered-io.c");
    p.step("unlock the folio, the read failed", then(release(it.folio().lock)).go(give_up));
  }
  if (gives_back) {
    p.label(give_up);
    if (reserves)
      xfs_buffered_write_iomap_end(p, w, it, Caller::holds_nothing, written);
    else
      gfs2_iomap_end(p, w, it, written);
  }
  p.label(written);
  const auto unlock = [&] {
    const Effect done = together(release(w.inode.i_rwsem), gap.end());
    return w.kernel().glock ? together(release(w.inode.glock), done) : done;
  };
  std::vector<Alternative> ways;
  if (request.times > 1)
    ways.push_back(when(left > 1)
                       .note("and write again")
                       .then(left = left - 1, it.pos = it.first, unlock())
                       .go("next write"));
  ways.push_back(otherwise().then(unlock(), request.returns).end());
  p.step("drop i_rwsem", ways);
}

IomapPath buffered_write() {
  return {{.name = "buffered_write",
           .process = "writer",
           .function = "xfs_file_buffered_write",
           .text = "write(2) into the page cache of an XFS file",
           .source = "atlas buffered P1",
           .options = {{"at", "first segment of the file that it writes", 0, 31, 0},
                       {"segments", "how many segments it writes", 1, 32, 1},
                       {"short_copies", "how often the copy may come back short", 0, 2, 0},
                       {"gives_up",
                        "1: it may end before it has written all, for want of the buffer",
                        0,
                        1,
                        0},
                       {"times", "how many such writes, one after the other", 1, 4, 1},
                       {"buffer_folio",
                        "folio of the same file in which the user's buffer lies, mapped; -1: none",
                        -1,
                        7,
                        -1}}},
          record_buffered_write};
}

} // namespace stalemate::kernel::iomap
