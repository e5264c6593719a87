// xlog_cil_committed(), fs/xfs/xfs_log_cil.c; xfs_extent_busy_clear(), fs/xfs/xfs_extent_busy.c.
//
// Keeps:   the checkpoint that becomes durable at any time after the transaction; the section
//          under the eb_lock that clears the records of the checkpoint, marks them for discard, or
//          leaves those with pages under DMA; the checkpoint's memory, which goes afterwards.
// Drops:   everything else in the log. Allocators that sleep are woken by the record's end itself.
// Atomic:  the section is one step; where an interrupt can come in between, taking the eb_lock is
//          a step of its own.
// Sources: atlas dax CC1, CC2, BX1; A-R9, A-R10, A-R12, A-R13, A-R16, A-R17.

#include "model/dax/paths/xlog_cil_committed.hpp"

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"

namespace stalemate::kernel::dax {

using namespace build;

namespace {

/// Is the record to be kept for DMA?
Expr has_busy_pages(const World& w, const Place& sampled) {
  switch (w.kernel().dax_commit) {
  case Commit::samples_pages_before_lock:
    return sampled;
  case Commit::clears_without_looking:
    return false;
  case Commit::counts_busy_pages:
    return w.busy.pages > 0;
  case Commit::checks_pages:
    break;
  }
  return !w.record_is_idle();
}

/// The ways of the section under the eb_lock; `more` is added to each.
std::vector<Alternative> clear(const World& w, const Place& sampled, const Alternative& more) {
  const Discard discard = w.kernel().dax_discard;
  const auto way = [&](const Expr& condition) {
    return more.when(condition)
        .check(w.claims.busy_cleared_once, w.busy.in_tree, "the record is not in the tree")
        .check(w.claims.no_use_after_free, !w.busy.context_freed, "the checkpoint has been freed")
        .then(w.busy.committed = true, w.busy.log_looks = false);
  };
  const Effect leave = w.kernel().dax_record_list == RecordList::list_of_its_own
                           ? w.busy.list = OnList::own
                           : Effect();
  const Effect start_discard =
      together(w.busy.discarding = true,
               w.busy.discard_issued = true,
               discard == Discard::assigns_flags ? w.busy.dax = false : Effect());
  const Effect remove = discard == Discard::none ? w.erase_record() : start_discard;
  const std::string done = discard == Discard::none ? "clear the record" : "discard its blocks";

  if (!w.setup.has_callback()) return {way(true).note(done).then(remove)};
  std::vector<Alternative> ways{way(!w.busy.dax).note("nothing was busy: " + done).then(remove)};
  const Expr is_kept = w.busy.dax && has_busy_pages(w, sampled);
  const bool discards_all = discard != Discard::none && discard != Discard::skips_busy_pages;
  if (w.kernel().dax_commit == Commit::clears_without_looking) {
    ways.push_back(way(w.busy.dax == true).note("under DMA: " + done).then(remove));
  } else if (discards_all) {
    ways.push_back(way(w.busy.dax == true).note("under DMA: discard").then(start_discard, leave));
  } else {
    ways.push_back(way(w.busy.dax && !is_kept).note("DMA has ended: " + done).then(remove));
    ways.push_back(way(is_kept).note("still under DMA: leave it").then(leave));
  }
  return ways;
}

void record_log_commit(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xlog_cil_committed", "fs/xfs/xfs_log_cil.c");
  const Place sampled = p.local_flag("sampled_busy");
  const bool is_interrupted =
      w.setup.has_callback() && w.kernel().dax_callback_runs != CallbackRuns::in_work_item;

  p.label("next");
  p.step(weakly_fair(idle("the checkpoint is on disk")),
         when(w.busy.in_cil == true).then(w.busy.in_cil = false));
  if (w.setup.has_callback() && w.kernel().dax_commit == Commit::samples_pages_before_lock)
    p.step("are pages of the busy extent under DMA?", then(sampled = !w.record_is_idle()));
  {
    const auto section = p.function("xfs_extent_busy_clear", "fs/xfs/xfs_extent_busy.c");
    const auto undisturbed = [&](const Alternative& way) {
      return is_interrupted ? way.wait(w.busy.interrupt.is_free(),
                                       "the interrupt to return",
                                       w.busy.interrupt.holder)
                            : way;
    };
    if (is_interrupted) p.step("take the eb_lock", undisturbed(take(w.busy.eb_lock)));
    const auto leave = is_interrupted ? then(release(w.busy.eb_lock)) : always();
    p.step("clear the busy extents of the checkpoint", clear(w, sampled, undisturbed(leave)));
  }
  const bool keeps_records = w.setup.has_callback() && w.kernel().dax_discard == Discard::none;
  if (keeps_records)
    p.step("free the checkpoint", then(w.busy.context_freed = true).go("next"));
  else
    p.step("the checkpoint is done", always().go("next"));
}

} // namespace

DaxPath log_commit() {
  return {{.name = "dax_log_commit",
           .process = "log",
           .function = "xlog_cil_committed",
           .text = "the checkpoint that makes a free durable; always there",
           .source = "atlas dax CC1, CC2",
           .options = {},
           .automatic = true},
          record_log_commit};
}

} // namespace stalemate::kernel::dax
