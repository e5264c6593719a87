// reuse_swap_page(), mm/swapfile.c, v4.9 and with f05714293a59.
//
// Keeps:   the count of users, the look at writeback, the look at the swap area under its lock, the
//          page that leaves the swap cache, dirty, when nothing else uses it.
// Drops:   huge pages.
// Atomic:  the page lock and the page table lock are held throughout; what else is asked is one
//          section under the lock of the swap area.
// Sources: anonymous-stable-pages thread; path atlas SF5, B-R1, B-R2, B-R7, B-R8.

#include "model/stable_pages/paths/reuse_swap_page.hpp"

namespace stalemate::kernel::stable_pages {

using namespace build;

Effect free_unused_slot(const World& w) {
  return w.swap.stored =
             select(w.swap.users == 0 && !w.page.in_swap_cache, content::none, w.swap.stored);
}

void reuse_swap_page(Path& p, const World& w, int mm, Label copy) {
  const auto fn = p.function("reuse_swap_page", "mm/swapfile.c");
  const Kernel& kernel = w.kernel();
  const Expr users =
      kernel.anon_users == Users::map_only ? w.mapcount() : w.mapcount() + w.swap.users;
  const Expr is_only = users <= 1;
  const Place writeback = w.page.writeback;
  const auto own = [&](const Alternative& way) {
    const Effect dirty =
        kernel.anon_reuse_dirties ? w.page.dirty = w.page.dirty || w.page.in_swap_cache : Effect();
    return way.then(dirty, w.leave_swap_cache());
  };

  std::vector<Alternative> ways;
  if (w.map.count > 1) ways.push_back(when(!is_only).note("others use it: copy").go(copy));
  ways.push_back(own(when(is_only && !writeback)).note("the only user: take it").ret());
  const auto under_writeback = when(is_only && writeback);
  const auto ask = under_writeback.wait(
      w.swap.si_lock.is_free(), "the lock of the swap area", w.swap.si_lock.holder);
  const Effect leak = kernel.anon_leaks_si_lock ? w.swap.si_lock.holder = p.self() : Effect();
  switch (kernel.anon_reuse) {
  case Reuse::always:
    ways.push_back(under_writeback.note("under writeback: take it all the same").ret());
    break;
  case Reuse::copies_if_stable:
    if (kernel.anon_stable_flag)
      ways.push_back(ask.when(w.swap.stable == true)
                         .note("under writeback, stable: copy")
                         .then(leak)
                         .go(copy));
    if (!kernel.anon_stable_flag || w.has_path("anon_swapon"))
      ways.push_back(ask.when(!w.swap.stable).note("under writeback: take it").ret());
    break;
  case Reuse::copies_if_not_stable:
    if (!kernel.anon_stable_flag)
      ways.push_back(
          ask.when(!w.swap.stable).note("under writeback, not stable: copy").then(leak).go(copy));
    else
      ways.push_back(ask.when(w.swap.stable == true).note("under writeback: take it").ret());
    break;
  case Reuse::waits:
    ways.push_back(under_writeback.note("under writeback: wait"));
    break;
  }
  p.step("may the page be reused?", ways);
  if (kernel.anon_reuse != Reuse::waits) return;
  p.step("wait for the end of writeback, under the page table lock",
         own(always().wait(!writeback, "writeback of the page to end"))
             .then(w.ghost.slept_in_atomic = w.map.ptl[mm] != 0));
}

} // namespace stalemate::kernel::stable_pages
