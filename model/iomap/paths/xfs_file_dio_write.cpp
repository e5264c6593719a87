// xfs_file_dio_write_aligned() and xfs_file_dio_write_unaligned(), fs/xfs/xfs_file.c; the write
// side of __iomap_dio_rw(), fs/iomap/direct-io.c.
//
// Keeps:   i_rwsem, shared, or exclusive for parts of blocks that are not plain overwrites; the
//          look at i_size without a lock and the one under it; the wait for other direct I/O;
//          write-back and the first invalidation; i_dio_count; the bios, which are with the device
//          while the next are made; -EIOCBQUEUED; the second try after -EAGAIN; -ENOTBLK, for parts
//          of blocks of a reflinked file and if the first invalidation fails: the write is then
//          made through the page cache, with i_rwsem taken anew, and ends without write-back.
// Drops:   writes that begin behind i_size, RWF_NOWAIT, O_DSYNC.
// Atomic:  the submitter's last reference goes in the step that sees whether bios are left. Taking
//          i_rwsem is the call, where no look at i_size comes before it.
// Sources: atlas direct-and-swap 1.1 to 1.3, D1; ed1128c2d0c8.

#include "model/iomap/paths/xfs_file_dio_write.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/objects/witness.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"
#include "model/iomap/paths/invalidate_inode_pages2_range.hpp"
#include "model/iomap/paths/iomap_dio_complete.hpp"
#include "model/iomap/paths/iomap_dio_iter.hpp"
#include "model/iomap/paths/xfs_file_buffered_write.hpp"
#include "model/iomap/paths/xfs_ilock_iocb_for_write.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// Where iomap_dio_rw() leaves to.
struct DioOutcome {
  Label done;    ///< It is complete, or has failed; dio->error says which.
  Label queued;  ///< -EIOCBQUEUED; of asynchronous requests.
  Label refused; ///< -EAGAIN before anything was done.
  Label busy;    ///< -ENOTBLK: a dirty folio could not be dropped.
  Label bounced; ///< -ENOTBLK: parts of blocks of a reflinked file.
  Label checked; ///< i_rwsem is taken, and no clone goes on.
  Label again;   ///< Where i_rwsem is taken.

  explicit DioOutcome(Path& p)
      : done(p.forward()), queued(p.forward()), refused(p.forward()), busy(p.forward()),
        bounced(p.forward()), checked(p.forward()), again(p.forward()) {}
};

/// Can somebody make a folio dirty between write-back and the first invalidation? All but stores
/// through a mapping need i_rwsem.
bool may_be_busy(const World& w) {
  return w.setup.is_mapped();
}

/// The claim to be alone in the page cache of the range, up to the second invalidation.
void clean_page_cache(Path& p, const World& w, const DirectRequest& request, Label busy) {
  if (!w.setup.has_page_cache()) return;
  const auto fn = p.function("kiocb_invalidate_pages", "mm/filemap.c");
  const int per_folio = w.geometry.segments_per_folio();
  const int first = request.first / per_folio;
  const int last = (request.end - 1) / per_folio;
  const WritepageContext context(p, w);
  filemap_write_and_wait(p, w, context, first, last);
  invalidate_inode_pages2_range(p, w, first, last, "before", may_be_busy(w) ? &busy : nullptr);
}

void iomap_dio_rw_write(Path& p,
                        const World& w,
                        const DirectRequest& request,
                        const DioLock& lock,
                        int buffer_folio,
                        const DioOutcome& outcome) {
  const auto fn = p.function("__iomap_dio_rw", "fs/iomap/direct-io.c");
  const bool may_refuse = may_be_refused(w, request);
  const auto rule = w.kernel().dio_eof_rule;
  const DioWriteMode mode{.overwrites_only = may_refuse ? Expr(!lock.is_exclusive) : Expr(false),
                          .buffer_folio = buffer_folio};
  if (may_refuse && w.size_can_change() && rule != DioEofRule::none) {
    const Expr is_behind = rule == DioEofRule::end_included && request.has_tail()
                               ? request.end >= w.inode.size
                               : request.end > w.inode.size;
    p.step("an overwrite only: does it end behind i_size?",
           when(!lock.is_exclusive && is_behind).note("-EAGAIN").go(outcome.refused),
           otherwise());
  }
  if (w.kernel().dio_keeps_faults_out)
    p.step("take invalidate_lock exclusively, to keep faults out",
           InOrder(p, w).take(Rank::invalidate_lock, w.inode.invalidate_lock));
  clean_page_cache(p, w, request, outcome.busy);
  const Place count = w.dio->count;
  p.step("count it into i_dio_count", then(count = count + 1));
  const Label submitted = p.forward();
  iomap_dio_iter_write(p, w, request, mode, submitted);

  p.label(submitted);
  const Expr is_waiting = w.dio->is_waiting(request);
  const Expr device = w.completer(request) + 1;
  if (request.is_async) {
    // IOMAP_DIO_FORCE_WAIT: who may zero parts of blocks keeps i_rwsem until that is done.
    const Expr leaves = request.is_aligned() ? is_waiting : is_waiting && !lock.is_exclusive;
    p.step("drop the reference of the submission",
           when(leaves)
               .note("-EIOCBQUEUED")
               .then(w.dio->queued[request.rank] = true)
               .go(outcome.queued),
           otherwise().wait(!is_waiting, "its bios", device).note("complete it here"));
  } else {
    p.step("wait until its bios are done", always().wait(!is_waiting, "its bios", device));
  }
  iomap_dio_complete(p, w, request);
  if (w.kernel().dio_keeps_faults_out)
    p.step("drop invalidate_lock", then(release(w.inode.invalidate_lock)));
}

/// What becomes of -ENOTBLK: the same write, through the page cache.
void write_buffered(Path& p, const World& w, const DirectRequest& request, int buffer_folio) {
  xfs_file_buffered_write(p,
                          w,
                          {.first = request.first,
                           .segments = request.end - request.first,
                           .buffer_folio = buffer_folio,
                           .returns = witness::write_returns(w, request)});
}

void leave(Path& p,
           const World& w,
           const DirectRequest& request,
           const DioLock& lock,
           const DioOutcome& outcome) {
  const Effect unlock = drop_i_rwsem(p, w, lock);
  const Place error = w.dio->error[request.rank];
  p.label(outcome.done);
  const bool may_refuse = may_be_refused(w, request);
  const auto returns =
      then(unlock, witness::write_returns(w, request))
          .end()
          .check(w.claims.direct_io_succeeds, may_refuse ? !error : Expr(true), "the write fails");
  if (may_refuse)
    p.step("drop i_rwsem, return",
           returns.when(!error),
           when(error)
               .note("-EAGAIN: once more, exclusively")
               .then(error = false, exclusively(p, w, lock))
               .retry()
               .go(outcome.again));
  else
    p.step("drop i_rwsem, return", returns);
  if (request.is_async) {
    p.label(outcome.queued);
    p.step("drop i_rwsem, return -EIOCBQUEUED", then(unlock).end());
  }
}

/// -ENOTBLK, with i_rwsem held; both ways to it, or one, or none.
void fall_back(Path& p,
               const World& w,
               const DirectRequest& request,
               const DioLock& lock,
               int buffer_folio,
               const DioOutcome& outcome,
               bool may_bounce) {
  const Effect unlock = drop_i_rwsem(p, w, lock);
  const Label buffered = p.forward();
  const bool is_busy = may_be_busy(w) && !(may_bounce && w.setup.is_reflink());
  if (is_busy) {
    p.label(outcome.busy);
    const auto falls_back = then(unlock).note("-ENOTBLK").go(buffered);
    p.step("drop i_rwsem, the range could not be dropped from the cache",
           w.kernel().dio_keeps_faults_out ? falls_back.then(release(w.inode.invalidate_lock))
                                           : falls_back);
  }
  if (may_bounce) {
    p.label(outcome.bounced);
    p.step("drop i_rwsem, go through the page cache", then(unlock).note("-ENOTBLK").go(buffered));
  }
  if (!is_busy && !may_bounce) return;
  p.label(buffered);
  write_buffered(p, w, request, buffer_folio);
}

void write_aligned(Path& p, const World& w, const DirectRequest& request, int buffer_folio) {
  const auto fn = p.function("xfs_file_dio_write_aligned", "fs/xfs/xfs_file.c");
  const DioLock lock{.is_exclusive = false, .may_be_shared = true, .may_be_exclusive = false};
  const DioOutcome outcome(p);
  p.step("take i_rwsem shared",
         InOrder(p, w)
             .take_shared(Rank::i_rwsem, w.inode.i_rwsem)
             .then(witness::write_begins(w, request)));
  if (looks_for_clones(w)) {
    const Label shared = p.forward();
    xfs_ilock_iocb_for_write(p, w, {}, shared);
    const auto& i_rwsem = w.inode.i_rwsem;
    p.step("demote i_rwsem", then(release(i_rwsem), i_rwsem.readers[p.number()] = true));
    p.label(shared);
  }
  iomap_dio_rw_write(p, w, request, lock, buffer_folio, outcome);
  leave(p, w, request, lock, outcome);
  fall_back(p, w, request, lock, buffer_folio, outcome, false);
}

/// From i_rwsem taken, shared or exclusively, to where the write is alone if it must be: in a
/// reflinked file it comes no further.
void bounce_or_drain(Path& p, const World& w, const DioLock& lock, const DioOutcome& outcome) {
  if (lock.may_be_shared && looks_for_clones(w))
    xfs_ilock_iocb_for_write(p, w, *lock.flag = true, outcome.checked);
  p.label(outcome.checked);
  if (w.setup.is_reflink()) return; // it is in any case
  p.step("may blocks of the file be shared?",
         when(w.clone.reflink).note("yes").go(outcome.bounced),
         otherwise().note("no"));
  if (!lock.may_be_exclusive || !w.kernel().dio_drains) return;
  if (lock.may_be_shared)
    p.step("is i_rwsem held exclusively?",
           when(!lock.is_exclusive).note("no").go("locked"),
           otherwise().note("yes"));
  inode_dio_wait(p, w);
}

void write_unaligned(Path& p, const World& w, const DirectRequest& request, int buffer_folio) {
  const auto fn = p.function("xfs_file_dio_write_unaligned", "fs/xfs/xfs_file.c");
  const auto rule = w.kernel().dio_eof_rule;
  const int size = w.setup.file.size.value_or(w.geometry.segments());
  const bool tries_overwrite = w.kernel().dio_unaligned == DioUnaligned::shared_for_overwrites;
  const bool looks_at_size = tries_overwrite && rule != DioEofRule::none;
  const bool is_at_end = looks_at_size && !w.size_can_change() && request.end >= size;
  const bool is_always_exclusive = w.kernel().dio_unaligned == DioUnaligned::exclusive || is_at_end;
  const bool may_bounce = w.setup.has_cow();
  const Place exclusive = p.local_flag("exclusive", is_always_exclusive);
  const DioLock lock{.is_exclusive = exclusive,
                     .may_be_shared = !is_always_exclusive,
                     .may_be_exclusive = is_always_exclusive || tries_overwrite ||
                                         (may_bounce && looks_for_clones(w)),
                     .flag = exclusive};
  const DioOutcome outcome(p);
  const Expr is_behind = request.end >= w.inode.size;

  const Effect begins = witness::write_begins(w, request);
  if (looks_at_size && w.size_can_change())
    p.step(
        "does it end before i_size?",
        when(is_behind).note("no: this needs i_rwsem exclusively").then(begins, exclusive = true),
        otherwise().note("yes").then(begins));
  p.label(outcome.again);
  std::vector<Alternative> ways;
  const InOrder locks(p, w);
  if (lock.may_be_shared) {
    const auto way = locks.take_shared(Rank::i_rwsem, w.inode.i_rwsem, when(!exclusive))
                         .note("shared")
                         .then(begins);
    ways.push_back(may_bounce ? way : way.go("locked"));
  }
  if (lock.may_be_exclusive) {
    const auto way = locks.take(Rank::i_rwsem, w.inode.i_rwsem, when(exclusive))
                         .note("exclusively")
                         .then(begins);
    ways.push_back(may_bounce ? way.go(outcome.checked) : way);
  }
  p.step("take i_rwsem", ways);
  if (may_bounce) bounce_or_drain(p, w, lock, outcome);
  if (!w.setup.is_reflink()) {
    if (!may_bounce && lock.may_be_exclusive && w.kernel().dio_drains) inode_dio_wait(p, w);
    p.label("locked");
    if (looks_at_size && w.size_can_change() && rule == DioEofRule::under_i_rwsem)
      p.step("does it end before i_size now?",
             when(!exclusive && is_behind).note("no").go(outcome.refused),
             otherwise());
    iomap_dio_rw_write(p, w, request, lock, buffer_folio, outcome);
    leave(p, w, request, lock, outcome);
    if (looks_at_size && w.size_can_change()) {
      p.label(outcome.refused);
      p.step("drop i_rwsem, once more, exclusively",
             then(exclusively(p, w, lock)).retry().go(outcome.again));
    }
  }
  fall_back(p, w, request, lock, buffer_folio, outcome, may_bounce);
}

void record_dio_write(Path& p, const World& w, const Options& options) {
  const DirectRequest& request = w.dio->of(p.number());
  const int buffer_folio = options.at("buffer_folio");
  if (request.is_aligned())
    write_aligned(p, w, request, buffer_folio);
  else
    write_unaligned(p, w, request, buffer_folio);
}

} // namespace

IomapPath dio_write() {
  return {{.name = "dio_write",
           .process = "dio",
           .function = "xfs_file_dio_write",
           .text = "write(2) or io_submit(2) with O_DIRECT, with its bios and their completion",
           .source = "atlas direct-and-swap 1",
           .options = {{"at", "first segment that it writes, not behind i_size", 0, 31, 0},
                       {"segments", "how many segments it writes", 1, 32, 2},
                       {"async", "1: it returns when its bios are submitted", 0, 1, 0},
                       {"buffer_folio",
                        "folio of the same file in which the user's buffer lies, mapped; -1: none",
                        -1,
                        7,
                        -1}}},
          record_dio_write};
}

} // namespace stalemate::kernel::iomap
