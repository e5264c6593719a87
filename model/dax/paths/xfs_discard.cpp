// xfs_discard_endio_work(), fs/xfs/xfs_discard.c, which was xlog_discard_endio_work() of
// fs/xfs/xfs_log_cil.c in the years of the thread.
//
// Keeps:   the end of a discard at any time, in a worker, and the section under the eb_lock that
//          clears the records: blindly as today, or with a look at pages under DMA.
// Drops:   what the device does to the blocks: who owns them is what is checked.
// Atomic:  the section is one step; the variant that takes the eb_lock twice has two.
// Sources: atlas dax DC1, DC2, A-R13.

#include "model/dax/paths/xfs_discard.hpp"

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"

namespace stalemate::kernel::dax {

using namespace build;

namespace {

void record_discard_end(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xfs_discard_endio_work", "fs/xfs/xfs_discard.c");
  const Discard how = w.kernel().dax_discard;
  const bool looks = how == Discard::assigns_flags || how == Discard::checks_pages ||
                     how == Discard::checks_pages_then_unmarks;
  const bool unmarks_later = how == Discard::checks_pages_then_unmarks;
  const Effect unmark = w.busy.discarding = false;
  const Effect end = w.busy.discard_issued = false;
  const auto clear = [&](const Alternative& way) {
    return way.check(w.claims.busy_cleared_once, w.busy.in_tree, "the record is not in the tree")
        .then(w.erase_record(), end)
        .go("next");
  };

  p.label("next");
  const auto done = when(w.busy.discard_issued == true);
  if (!looks) {
    p.step(weakly_fair(idle("the discard has ended: clear the busy extent")), clear(done));
    return;
  }
  const Expr is_kept = w.busy.dax && !w.record_is_idle();
  const auto stay = done.when(is_kept).note("still under DMA: leave it");
  p.step(weakly_fair(idle("the discard has ended: is the busy extent under DMA?")),
         clear(done.when(!is_kept).note("clear it")),
         unmarks_later ? stay : stay.then(unmark, end).go("next"));
  if (unmarks_later) p.step("the discard is over: unmark it", then(unmark, end).go("next"));
}

} // namespace

DaxPath discard_end() {
  return {{.name = "dax_discard_end",
           .process = "discard",
           .function = "xfs_discard_endio_work",
           .text = "the end of a discard of freed blocks; comes with dax_discard",
           .source = "atlas dax DC1, DC2",
           .options = {},
           .automatic = true},
          record_discard_end};
}

} // namespace stalemate::kernel::dax
