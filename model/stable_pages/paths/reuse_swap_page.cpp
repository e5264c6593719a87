// reuse_swap_page(), mm/swapfile.c, v4.9 and with f05714293a59; what do_swap_page() and
// do_wp_page(), mm/memory.c, ask instead since v5.19.
//
// Keeps:   the count of users, the look at writeback, the look at the swap area under its lock, the
//          page that leaves the swap cache, dirty, when nothing else uses it. Of v5.19 the mark in
//          the swap entry, dropped under writeback to an area that needs stable pages; the attempt
//          to free the swap cache, which writeback refuses; the count that is too high then.
// Drops:   huge pages, KSM. References of GUP, which could keep the mark from being set at all.
// Atomic:  the page lock and the page table lock are held throughout; what else is asked is one
//          section under the lock of the swap area.
// Sources: anonymous-stable-pages thread; atlas stable-pages SF5, B.2, B-R1, B-R2, B-R7, B-R8.

#include "model/stable_pages/paths/reuse_swap_page.hpp"

namespace stalemate::kernel::stable_pages {

using namespace build;

Effect free_unused_slot(const World& w) {
  const Effect lose = w.kernel().anon_slot_freed == SlotFreed::with_last_entry
                          ? w.swap.has_cache = w.swap.has_cache && w.swap.users > 0
                          : Effect();
  return together(lose,
                  w.swap.stored = select(
                      w.swap.users == 0 && !w.page.in_swap_cache, content::none, w.swap.stored));
}

void reuse_swap_page(Path& p, const World& w, int mm, Label copy) {
  const auto fn = p.function("reuse_swap_page", "mm/swapfile.c");
  const Kernel& kernel = w.kernel();
  const Expr users =
      kernel.anon_users == Users::map_only ? w.mapcount() : w.mapcount() + w.swap.users;
  const Expr is_only = users <= 1;
  const Place writeback = w.page.writeback;
  const auto own = [&](const Alternative& way) {
    return way.then(w.page.dirty = w.page.dirty || w.page.in_swap_cache, w.leave_swap_cache());
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

namespace {

/// The page is taken: it leaves the swap cache, dirty, and belongs to nobody else.
Effect take_page(const World& w, int mm) {
  return together(w.page.dirty = w.page.dirty || w.page.in_swap_cache,
                  w.leave_swap_cache(),
                  w.map.exclusive[mm] = true);
}

} // namespace

void reuse_swapped_if_exclusive(Path& p, const World& w, int mm, Label copy) {
  const auto exclusive = w.map.exclusive[mm];
  const Place writeback = w.page.writeback;
  const Exclusive rule = w.kernel().anon_exclusive;
  const Expr is_asked = rule == Exclusive::dropped_if_stable       ? Expr(w.swap.stable)
                        : rule == Exclusive::dropped_if_not_stable ? !w.swap.stable
                                                                   : Expr(false);
  std::vector<Alternative> ways{when(exclusive && !(writeback && is_asked)).note("it is marked")};
  if (w.may_copy()) ways.push_back(when(!exclusive).note("it is not marked"));
  if (w.may_copy() && rule != Exclusive::kept)
    ways.push_back(when(exclusive && writeback && is_asked)
                       .note("marked, but under writeback: drop the mark")
                       .then(exclusive = false));
  p.step("is the swap entry exclusive?", ways);

  // Ours is the only reference but that of the swap cache, which writeback does not let go.
  const Expr is_only = !writeback && w.swap.users <= 1 && w.mapcount() == 0 && w.page.refs == 1;
  std::vector<Alternative> takes{
      when(is_only).note("nobody else: free the swap cache").then(take_page(w, mm)),
      when(!is_only && exclusive).note("exclusive: it stays in the swap cache")};
  if (w.may_copy()) takes.push_back(when(!is_only && !exclusive).note("no").go(copy));
  p.step("may it be mapped writable?", takes);
}

void reuse_mapped_if_exclusive(Path& p, const World& w, int mm, Label copy) {
  const auto exclusive = w.map.exclusive[mm];
  const Expr is_only =
      !w.page.writeback && w.swap.users == 0 && w.mapcount() == 1 && w.page.refs == 0;
  std::vector<Alternative> ways{
      when(!exclusive && is_only).note("nobody else: free the swap cache").then(take_page(w, mm)),
      when(!exclusive && !is_only).note("others have references: copy").go(copy)};
  if (!w.kernel().anon_fork_clears_mark) ways.push_back(when(exclusive == true).note("exclusive"));
  p.step("is the page exclusive?", ways);
}

} // namespace stalemate::kernel::stable_pages
