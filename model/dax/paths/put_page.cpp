// put_page() on a page of a DAX device: __put_devmap_managed_page(), kernel/memremap.c, v4.18;
// put_devmap_managed_page_refs(), v6.0; free_zone_device_folio(), v6.15.
//
// Keeps:   the decrement as one atomic instruction that returns the new count; the comparison with
//          the idle count and the wake-up as a step of their own; the call into the filesystem of
//          the busy extent proposal, as a work item or in the interrupt.
// Drops:   batches of references (one is enough to miss the idle count), the hashed wait queue:
//          each page has one. A spurious wake-up only makes a waiter look again.
// Atomic:  a waiter is on the queue or not: looking without the lock and waking under it are one
//          step, since the waiter queues itself before it looks at the count.
// Sources: atlas dax RL1, RL2, BX2, A-R9, A-R15, A-R16.

#include "model/dax/paths/put_page.hpp"

#include "model/dax/paths/xfs_extent_busy_dax_done.hpp"

namespace stalemate::kernel::dax {

using namespace build;

namespace {

Effect drop_reference(const World& w, const Pinner& pinner, const Expr& block_number) {
  // `page` first: what says which block it is may be forgotten by then.
  return together(pinner.page = block_number,
                  pinner.left = w.block.count[pinner.page] - 1,
                  w.block.count[pinner.page] = pinner.left);
}

/// Whoever drops the reference calls the filesystem, and waits until it returns.
void drop_and_call(Path& p,
                   const World& w,
                   const Pinner& pinner,
                   const Expr& block_number,
                   const Effect& forget,
                   Context context) {
  const bool calls_first = w.kernel().dax_callback_at == CallbackAt::before_decrement;
  const bool is_last = w.pinners.size() == 1;
  const Place notifying = w.busy.notifying[pinner.row];
  const Label done = p.forward();
  const auto call = [&](const std::string& told, const Expr& is_due, const Effect& remember) {
    if (is_last)
      p.step("the " + told + ": call the filesystem", always().then(remember));
    else
      p.step("only if the " + told + ": call the filesystem",
             when(is_due).then(remember),
             otherwise().note("somebody else holds a reference").go(done));
    dax_done_in_place(p, w, pinner.page, notifying, context);
    p.label(done);
  };
  if (calls_first)
    call("count is about to be idle",
         w.block.count[block_number] == w.idle_count() + 1,
         pinner.page = block_number);
  p.step("drop the reference",
         then(drop_reference(w, pinner, block_number),
              forget,
              calls_first ? Effect() : notifying = pinner.left == w.idle_count()));
  if (!calls_first) call("page is idle", pinner.left == w.idle_count(), Effect());
}

} // namespace

void put_page(Path& p,
              const World& w,
              const Pinner& pinner,
              const Expr& block_number,
              const Effect& forget,
              Context context) {
  const auto fn = p.function("put_page", "include/linux/mm.h");
  const bool calls = w.setup.has_callback();
  if (calls && w.kernel().dax_callback_runs != CallbackRuns::in_work_item) {
    drop_and_call(p, w, pinner, block_number, forget, context);
    return;
  }
  const bool calls_first = calls && w.kernel().dax_callback_at == CallbackAt::before_decrement;
  const int wakes_at = w.kernel().dax_wake_at == WakeAt::zero ? 0 : w.idle_count();
  const Place notifying = w.busy.notifying[pinner.row];

  if (calls_first && w.pinners.size() == 1)
    p.step("the count is about to be idle: call the filesystem",
           then(w.block.callback[block_number] = true));
  else if (calls_first)
    p.step("is the count about to be idle? call the filesystem",
           when(w.block.count[block_number] == w.idle_count() + 1)
               .then(w.block.callback[block_number] = true),
           otherwise().note("somebody else holds a reference"));
  const bool tells_later = calls && !calls_first;
  p.step("drop the reference",
         then(drop_reference(w, pinner, block_number),
              forget,
              tells_later ? notifying = pinner.left == w.idle_count() : Effect()));
  if (calls_first) return;
  const bool is_last = w.pinners.size() == 1;
  const Place sleeper = w.block.sleeper[pinner.page];
  const Effect wake = sleeper = select(sleeper == Sleeper::queued, Sleeper::woken, sleeper);
  if (calls && is_last)
    p.step("the page is idle: call the filesystem",
           then(w.block.callback[pinner.page] = true, notifying = false));
  else if (calls)
    p.step("is the page idle? call the filesystem",
           when(pinner.left == w.idle_count())
               .then(w.block.callback[pinner.page] = true, notifying = false),
           otherwise().note("somebody else holds a reference"));
  else if (wakes_at >= w.idle_count() && is_last)
    p.step("the page is idle: wake who waits for it", then(wake));
  else if (wakes_at >= w.idle_count())
    p.step("is the page idle? wake who waits for it",
           when(pinner.left == wakes_at).then(wake),
           otherwise().note("somebody else holds a reference"));
  else
    p.step("is the count zero? wake who waits for the page",
           when(pinner.left == wakes_at).note("the count is zero").then(wake),
           otherwise().note("it is not"));
}

} // namespace stalemate::kernel::dax
