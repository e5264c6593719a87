// xfs_extent_busy_dax_done(): never merged; the call that the busy extent proposal needs when a
// page under DMA becomes idle.
//
// Keeps:   the eb_lock, the search for the record of the page's block, what must be true for it to
//          be cleared, the list that the record hangs on.
// Drops:   the sorting of records into the tree: there is one. Of the variant that frees the blocks
//          here, everything but that its transaction may sleep.
// Atomic:  taking the work item off its queue and the section under the eb_lock are one step: a
//          call that is queued in between would find the same record. By whoever drops a reference
//          the section is taken apart, since an interrupt can meet whom it interrupted inside the
//          lock.
// Sources: dax-dma-vs-truncate thread; atlas dax BX2, A-R9, A-R11, A-R12, A-R13, A-R16, A-R17.

#include "model/dax/paths/xfs_extent_busy_dax_done.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::dax {

using namespace build;

namespace {

Expr may_clear(const World& w, const Expr& block_number) {
  const Callback rule = w.kernel().dax_callback;
  Expr may =
      rule == Callback::if_committed_and_own_idle ? w.is_idle(block_number) : w.record_is_idle();
  if (rule != Callback::if_all_idle) may = may && w.busy.committed;
  const bool is_discarded = w.kernel().dax_discard != Discard::none;
  if (is_discarded && rule != Callback::though_discarding) may = may && !w.busy.discarding;
  return may;
}

/// The section under the eb_lock: what is added to each way is `more`.
std::vector<Alternative> look_at_record(const World& w,
                                        const Expr& block_number,
                                        const Alternative& more,
                                        const std::string& whose = "") {
  const Expr is_covered = w.busy.in_tree && w.busy.dax && w.busy.covers[block_number];
  const Expr is_alive = !(w.busy.list == OnList::checkpoint) || !w.busy.context_freed;
  const auto touch = [&](const Alternative& way) {
    return way.check(w.claims.no_use_after_free, is_alive, "the list of the record has been freed");
  };
  const Effect clear = w.erase_record();
  std::vector<Alternative> ways;
  ways.push_back(more.when(!is_covered).note(whose + "no record of the page"));
  if (w.kernel().dax_commit == Commit::counts_busy_pages) {
    const Expr is_last = w.busy.pages == 1 && w.busy.committed;
    ways.push_back(touch(more.when(is_covered && is_last))
                       .note(whose + "the last page of the record")
                       .then(w.busy.pages = 0, clear));
    ways.push_back(touch(more.when(is_covered && !is_last && w.busy.pages > 0))
                       .note(whose + "the record has to stay")
                       .then(w.busy.pages = w.busy.pages - 1));
    return ways;
  }
  const Expr may = may_clear(w, block_number);
  ways.push_back(touch(more.when(is_covered && may)).note(whose + "clear the record").then(clear));
  ways.push_back(touch(more.when(is_covered && !may)).note(whose + "the record has to stay"));
  return ways;
}

/// The brainstormed form: blocks are freed when DMA ends, which takes a transaction.
template <typename Phrase>
void start_transaction(Path& p,
                       const World& w,
                       const Expr& is_called,
                       const Expr& has_blocks,
                       Context context,
                       const Phrase& phrase) {
  const auto fn = p.function("xfs_trans_alloc", "fs/xfs/xfs_trans.c");
  p.step(phrase,
         when(is_called && has_blocks)
             .check(w.claims.no_sleep_atomic,
                    context == Context::process,
                    context == Context::interrupt
                        ? "an interrupt handler may not wait for log space"
                        : "get_user_pages_fast has interrupts off, and may not wait for log space"),
         when(is_called && !has_blocks).note("there is nothing to free"));
}

void record_page_idle(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xfs_extent_busy_dax_done", "fs/xfs/xfs_extent_busy.c");
  p.label("next");
  const bool has_transaction = w.kernel().dax_callback_does == CallbackDoes::frees_blocks;
  const Expr is_called = exists(w.blocks(), [&](int b) { return w.block.callback[b] == true; });
  if (has_transaction)
    start_transaction(p,
                      w,
                      is_called,
                      w.busy.in_tree && w.busy.dax,
                      Context::process,
                      weakly_fair(idle("a page is idle: start a transaction")));
  std::vector<Alternative> ways;
  for (int b = 0; b < w.blocks(); ++b) {
    const auto taken =
        when(w.block.callback[b] == true).then(w.block.callback[b] = false).go("next");
    for (const Alternative& way : look_at_record(w, b, taken, fmt::format("block {}: ", b)))
      ways.push_back(way);
  }
  if (has_transaction)
    p.step("look at the busy extent of the page", ways);
  else
    p.step(weakly_fair(idle("a page is idle: look at its busy extent")), ways);
}

} // namespace

DaxPath page_idle() {
  return {{.name = "dax_page_idle",
           .process = "callback",
           .function = "xfs_extent_busy_dax_done",
           .text = "the worker that clears busy extents when DMA ends; comes with busy_extent",
           .source = "atlas dax BX2",
           .options = {},
           .automatic = true},
          record_page_idle};
}

void dax_done_in_place(
    Path& p, const World& w, const Expr& block_number, const Place& notifying, Context context) {
  const auto fn = p.function("xfs_extent_busy_dax_done", "fs/xfs/xfs_extent_busy.c");
  if (w.kernel().dax_callback_does == CallbackDoes::frees_blocks)
    start_transaction(p,
                      w,
                      true,
                      w.busy.in_tree && w.busy.dax && w.busy.covers[block_number],
                      context,
                      "start a transaction");
  p.step("take the eb_lock", take(w.busy.eb_lock));
  p.step("look at the busy extent of the page, drop the eb_lock",
         look_at_record(w, block_number, then(release(w.busy.eb_lock), notifying = false)));
}

} // namespace stalemate::kernel::dax
