// gfs2_iomap_get_folio(), gfs2_iomap_put_folio(), fs/gfs2/bmap.c; gfs2_jdata_writepages(),
// fs/gfs2/aops.c; gfs2_log_flush(), fs/gfs2/log.c; gfs2_release_folio() is in reclaim.
//
// Keeps:   the glock throughout a write, the transaction before the folio lock, buffers that are
//          made dirty by the copy and pinned when the transaction gets them, before or after the
//          folio is unlocked; writeback that starts a transaction, locks the folio and writes home
//          what is dirty and not pinned; the flush that waits for open transactions, copies what is
//          pinned to the log and makes it dirty again.
// Drops:   allocation (the blocks are there), the revoke list, the ordered list, several folios in
//          one transaction, reading of the old data: the folio is uptodate.
// Atomic:  the log is written in one step, since it keeps transactions out; writing home is one
//          step under the folio lock.
// Sources: atlas buffered P7 (g0-g9), R9; iomap-folio-ops thread, patch 2.

#include "model/iomap/paths/gfs2_jdata.hpp"

#include "checker/builder/path.hpp"
#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// What a write of segments first..end-1 touches of its folio, which is one.
struct Span {
  int first;
  int end;
  int index;

  Span(const World& w, const Options& options)
      : first(options.at("at")), end(first + options.at("segments")),
        index(first / w.geometry.segments_per_folio()) {}

  /// One effect for each block that the write touches.
  template <typename F>
  [[nodiscard]] Effect blocks(const World& w, const F& effect) const {
    const int per_block = w.geometry.segments_per_block;
    const int first_block = first / per_block;
    return for_each((end - 1) / per_block + 1 - first_block,
                    [&](int i) { return effect(first_block + i); });
  }
};

void begin_transaction(Path& p, const World& w) {
  const auto fn = p.function("gfs2_trans_begin", "fs/gfs2/trans.c");
  p.step("begin a transaction", InOrder(p, w).take_shared(Rank::transaction, w.journal.flush_lock));
}

void end_transaction(Path& p, const World& w) {
  const auto fn = p.function("gfs2_trans_end", "fs/gfs2/trans.c");
  p.step("end the transaction", then(release_shared(w.journal.flush_lock)));
}

void add_to_transaction(Path& p, const World& w, const Span& span) {
  const auto fn = p.function("gfs2_trans_add_databufs", "fs/gfs2/aops.c");
  Expr are_there = true;
  (void)span.blocks(w, [&](int b) {
    are_there = are_there && w.journal.attached[b];
    return Effect();
  });
  p.step("add the buffers to the transaction: pinned, not dirty for others",
         always()
             .check(w.claims.buffer_is_there, are_there, "the buffers are the folio's no more")
             .then(w.folio.dirty[span.index] = true, span.blocks(w, [&](int b) {
               return together(w.journal.pinned[b] = true,
                               w.journal.dirty[b] = false,
                               w.journal.committed[b] = false);
             })));
}

void get_folio(Path& p, const World& w, const Span& span) {
  const auto fn = p.function("gfs2_iomap_get_folio", "fs/gfs2/bmap.c");
  begin_transaction(p, w);
  const auto folio = w.folio[span.index];
  p.step("get and lock the folio",
         InOrder(p, w).take(Rank::folio_lock, folio.lock, when(folio.present)),
         InOrder(p, w)
             .take(Rank::folio_lock, folio.lock, when(!folio.present))
             .note("the folio is new")
             .then(folio.present = true));
  p.step("read what is not uptodate, attach buffers",
         then(for_each(folio.uptodate.size(),
                       [&](int k) {
                         const int b = span.index * w.geometry.blocks_per_folio + k;
                         const Place uptodate = folio.uptodate[k];
                         const int per_block = w.geometry.segments_per_block;
                         return for_each(per_block,
                                         [&](int s) {
                                           const Place data = folio.data[k * per_block + s];
                                           return data = select(uptodate, data, w.disk.at(b)[s]);
                                         })
                             .then(uptodate = true)
                             .then(w.journal.attached[b] = true);
                       }),
              folio.refs = folio.refs + 1));
}

void copy(Path& p, const World& w, const Span& span) {
  const auto fn = p.function("iomap_write_iter", "fs/iomap/buffered-io.c");
  const auto folio = w.folio[span.index];
  const int start = span.index * w.geometry.segments_per_folio();
  const int mine = w.tag(p.number());
  p.step("copy from the user's buffer, make the buffers dirty",
         then(for_each(span.end - span.first,
                       [&](int i) {
                         const int at = span.first + i;
                         return together(folio.data[at - start] = mine, w.written[at] = mine);
                       }),
              span.blocks(w, [&](int b) { return w.journal.dirty[b] = true; }),
              folio.dirty = true));
}

void put_folio(Path& p, const World& w, const Span& span) {
  const auto fn = p.function("gfs2_iomap_put_folio", "fs/gfs2/bmap.c");
  const auto folio = w.folio[span.index];
  const bool unlocks_first = w.kernel().jdata_put_folio == JdataPutFolio::unlocks_first;
  if (!unlocks_first) add_to_transaction(p, w, span);
  p.step("unlock the folio", then(release(folio.lock)));
  if (unlocks_first) add_to_transaction(p, w, span);
  p.step("put the folio", then(folio.refs = folio.refs - 1));
  end_transaction(p, w);
}

void record_write(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("gfs2_file_buffered_write", "fs/gfs2/file.c");
  const Span span(w, options);
  p.step("take i_rwsem exclusively", InOrder(p, w).take(Rank::i_rwsem, w.inode.i_rwsem));
  p.step("take the glock exclusively", InOrder(p, w).take(Rank::glock, w.inode.glock));
  get_folio(p, w, span);
  copy(p, w, span);
  put_folio(p, w, span);
  p.step("drop the glock and i_rwsem",
         then(release(w.inode.glock), release(w.inode.i_rwsem)).end());
}

void record_writeback(Path& p, const World& w, const Options&) {
  const auto fn = p.function("gfs2_jdata_writepages", "fs/gfs2/aops.c");
  const Place index = p.local("index", 0, w.geometry.folios() - 1);
  const int per_folio = w.geometry.blocks_per_folio;
  const auto goes_home = [&](const Expr& block) {
    return w.journal.dirty[block] && !w.journal.pinned[block];
  };
  p.label("next");
  p.step(idle("begin a transaction for a folio with dirty buffers"),
         for_any(w.geometry.folios(), [&](int f) {
           const Expr has_work =
               exists(per_folio, [&](int k) { return goes_home(f * per_folio + k); });
           return InOrder(p, w)
               .take_shared(Rank::transaction, w.journal.flush_lock, when(has_work))
               .then(index = f);
         }));
  const auto folio = w.folio[index];
  p.step("lock the folio", InOrder(p, w).take(Rank::folio_lock, folio.lock));
  const int per_block = w.geometry.segments_per_block;
  for (int k = 0; k < per_folio; ++k) {
    const Expr block = index * per_folio + k;
    const Expr is_logged = w.journal.committed[block] && for_all(per_block, [&](int s) {
                             return w.journal.copy.row(block)[s] == folio.data[k * per_block + s];
                           });
    p.step(per_folio == 1 ? std::string("write the buffer home")
                          : "write the buffer home, block " + std::to_string(k),
           when(goes_home(block))
               .note("it is dirty and not pinned")
               .check(w.claims.logged_before_home,
                      is_logged,
                      "what goes to its place on disk is not what the log holds")
               .then(for_each(per_block,
                              [&](int s) {
                                return w.disk.at(block)[s] = folio.data[k * per_block + s];
                              }),
                     w.journal.dirty[block] = false),
           otherwise().note("nothing to write any more"));
  }
  const Expr is_clean =
      for_all(per_folio, [&](int k) { return !w.journal.pinned[index * per_folio + k]; });
  p.step("unlock the folio, end the transaction",
         then(folio.dirty = folio.dirty && !is_clean,
              release(folio.lock),
              release_shared(w.journal.flush_lock))
             .go("next"));
}

void record_flush(Path& p, const World& w, const Options&) {
  const auto fn = p.function("gfs2_log_flush", "fs/gfs2/log.c");
  const Expr has_work = exists(w.geometry.blocks, [&](int b) { return w.journal.pinned[b]; });
  p.label("next");
  p.step(idle("wait for open transactions to end, keep new ones out"),
         InOrder(p, w).take(Rank::transaction, w.journal.flush_lock, when(has_work)));
  p.step("write what is pinned to the log, unpin it",
         then(for_each(w.geometry.blocks,
                       [&](int b) {
                         const auto folio = w.folio[b / w.geometry.blocks_per_folio];
                         const int per_block = w.geometry.segments_per_block;
                         const int first = b % w.geometry.blocks_per_folio * per_block;
                         const Place pinned = w.journal.pinned[b];
                         const Place committed = w.journal.committed[b];
                         const Place dirty = w.journal.dirty[b];
                         return for_each(per_block,
                                         [&](int s) {
                                           const Place held = w.journal.copy.row(b)[s];
                                           return held =
                                                      select(pinned, folio.data[first + s], held);
                                         })
                             .then(committed = committed || pinned)
                             .then(dirty = dirty || pinned)
                             .then(pinned = false);
                       }),
              release(w.journal.flush_lock))
             .go("next"));
}

} // namespace

IomapPath jdata_write() {
  return {{.name = "jdata_write",
           .process = "jwriter",
           .function = "gfs2_file_buffered_write",
           .text = "write(2) to a gfs2 file with journaled data, into blocks that are there",
           .source = "atlas buffered P7, R9",
           .options = {{"at", "first segment of the file that it writes", 0, 31, 0},
                       {"segments", "how many segments it writes, in one folio", 1, 16, 1}}},
          record_write};
}

IomapPath jdata_writeback() {
  return {{.name = "jdata_writeback",
           .process = "jflusher",
           .function = "gfs2_jdata_writepages",
           .text = "writeback of journaled data to its place on disk",
           .source = "atlas buffered P7, g8",
           .options = {},
           .is_daemon = true},
          record_writeback};
}

IomapPath log_flush() {
  return {{.name = "log_flush",
           .process = "logd",
           .function = "gfs2_log_flush",
           .text = "the log daemon: commits what transactions left",
           .source = "atlas buffered P7, R9",
           .options = {},
           .is_daemon = true},
          record_flush};
}

} // namespace stalemate::kernel::iomap
