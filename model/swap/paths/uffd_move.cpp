// UFFDIO_MOVE of one page: move_pages_ptes(), move_present_ptes(), move_swap_pte(),
// mm/userfaultfd.c, v6.8 to v7.1.
//
// Keeps:   the looks at both page table entries, each alone, and at both again under both locks;
//          the lock of the page, tried first and then waited for with everything given back but a
//          reference; the reference on the area; the lookup in the swap cache and what is compared
//          after it; that the rmap of the page moves with it.
// Drops:   huge pages, the page of zeroes, pins, the anon_vma, whose lock adds nothing to the
//          page's; entries that are not exclusive, of which there are none with one address space.
//          After -EAGAIN the user calls again.
// Atomic:  each section under one page table lock, or both.
// Sources: "mm: userfaultfd: fix race of userfaultfd_move and swap cache", linux-kernel, May and
//          June 2025; c50f8e6053b0.

#include "model/swap/paths/uffd_move.hpp"

#include "model/swap/paths/do_swap_page.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

struct Move {
  Place source;
  Place target;
  int target_number; ///< Of its page table entry.
  Place entry;       ///< What the source's was.
  Place page;        ///< The page that is locked,
  Place has_page;    ///< if there is one.
  Place has_area;    ///< Has a reference on the entry's area.

  [[nodiscard]] Expr is_stable(const World& w) const {
    return source == entry && target == w.to_nothing();
  }
};

/// With everything given back the user is told: it is done, or to call again.
void give_back(Path& p, const World& w, const Move& move) {
  const auto fn = p.function("move_pages_ptes", "mm/userfaultfd.c");
  const auto page = w.frame[move.page];
  p.step("unlock the page, drop it",
         when(move.has_page)
             .then(release(page.lock), put_page(w, move.page), move.has_page = false)
             .note("it has one"),
         otherwise().note("it has none"));
  if (w.asks_for_area())
    p.step("drop the area",
           when(move.has_area)
               .note("it has one")
               .then(w.put_area(w.slot_of(move.entry)), move.has_area = false),
           otherwise().note("it has none"));
}

/// The lock of the page is had, or waited for: then everything is looked at again.
void wait_for_lock(
    Path& p, const char* phrase, const FrameTable::Row& page, const Move& move, Label retry) {
  p.step(phrase, take(page.lock).then(move.has_page = true).go(retry));
}

void move_present(Path& p, const World& w, const Move& move, Label retry, Label again, Label out) {
  const auto page = w.frame[move.page];
  const Expr frame = w.frame_of(move.entry);
  const auto found = w.frame[frame];
  const Label locked = p.forward();
  const auto pin = together(move.page = frame, found.refs = found.refs + 1);
  const Expr same = move.source == move.entry;
  p.step("pin the page, try its lock",
         when(move.has_page).note("it has it").go(locked),
         when(!move.has_page && !same).note("-EAGAIN: the entry has changed").go(again),
         when(!move.has_page && same && found.lock.is_free())
             .take(found.lock)
             .then(pin, move.has_page = true)
             .go(locked),
         when(!move.has_page && same && !found.lock.is_free()).note("somebody has it").then(pin));
  wait_for_lock(p, "wait for the lock of the page", page, move, retry);
  p.label(locked);
  const auto fn = p.function("move_present_ptes", "mm/userfaultfd.c");
  p.step("move the page, with its rmap",
         when(move.is_stable(w))
             .then(move.source = w.to_nothing(), move.target = move.entry, page.writable = true)
             .then(w.set_rmap(move.page, move.target_number))
             .go(out),
         otherwise().note("-EAGAIN: an entry has changed").go(again));
}

/// Falls off with the page of the slot, locked, or with none.
void find_cached(Path& p, const World& w, const Move& move, Label retry, Label again) {
  const Expr slot = w.slot_of(move.entry);
  const auto page = w.frame[move.page];
  const Label check = p.forward();
  const char* reads = "looks into the swap cache of an area that swapoff has freed";
  if (w.asks_for_area())
    p.step("get_swap_device: a reference on the area",
           when(!w.is_dying(slot)).then(w.get_area(slot), move.has_area = true),
           when(w.is_dying(slot)).note("-EAGAIN: swapoff is under way").go(again));
  std::vector<Alternative> ways{when(move.has_page).note("it has a page").go(check)};
  for (int f = 0; f < w.frames(); ++f) {
    const auto found = w.frame[f];
    const Expr is_it = found.used && found.in_cache && found.slot == slot;
    ways.push_back(w.reads_area(when(!move.has_page && is_it), slot, reads)
                       .note(fmt::format("page {}", f))
                       .then(move.page = f, found.refs = found.refs + 1));
  }
  ways.push_back(w.reads_area(otherwise(), slot, reads).note("a miss").go(check));
  p.step("look the slot up in the swap cache", ways);
  const auto busy = when(!page.lock.is_free()).note("somebody has it: drop the area");
  p.step("try the lock of the cached page",
         when(page.lock.is_free()).take(page.lock).then(move.has_page = true).go(check),
         w.asks_for_area() ? busy.then(w.put_area(slot), move.has_area = false) : busy);
  wait_for_lock(p, "wait for the lock of the cached page", page, move, retry);
  p.label(check);
}

void move_entry(Path& p, const World& w, const Move& move, Label again, Label out) {
  const auto fn = p.function("move_swap_pte", "mm/userfaultfd.c");
  const UffdMove how = w.kernel().uffd_move;
  const Expr slot = w.slot_of(move.entry);
  const auto page = w.frame[move.page];
  const Expr is_its = page.in_cache && page.slot == slot;
  if (how == UffdMove::compares || how == UffdMove::compares_and_asks)
    p.step("is it still the page of the slot?",
           when(move.has_page && is_its).note("yes"),
           when(!move.has_page).note("there is no page"),
           otherwise().note("-EAGAIN: no").go(again));
  const auto moved = together(move.source = w.to_nothing(), move.target = move.entry);
  const Expr is_cached =
      how == UffdMove::compares_and_asks ? !move.has_page && w.has_cache[slot] : Expr(false);
  std::vector<Alternative> ways{
      when(move.is_stable(w) && !move.has_page && !is_cached).note("alone").then(moved).go(out)};
  if (how != UffdMove::ignores_cache)
    ways.push_back(when(move.is_stable(w) && move.has_page)
                       .note("with the rmap of the page")
                       .then(w.set_rmap(move.page, move.target_number))
                       .then(moved)
                       .go(out));
  if (how == UffdMove::compares_and_asks)
    ways.push_back(when(move.is_stable(w) && is_cached)
                       .note("-EAGAIN: it is in the swap cache by now")
                       .go(again));
  ways.push_back(otherwise().note("-EAGAIN: an entry has changed").go(again));
  p.step("move the entry", ways);
}

void record_move(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("move_pages_ptes", "mm/userfaultfd.c");
  if (w.kernel().uffd_move == UffdMove::absent) {
    p.step("-EINVAL: there is no UFFDIO_MOVE", always().end());
    return;
  }
  const int page = options.at("page");
  const Move move{.source = w.entry(0, page),
                  .target = w.target_entry(page),
                  .target_number = w.target_number(page),
                  .entry = p.local("entry", 0, w.to_error()),
                  .page = p.local("page", 0, w.frames() - 1),
                  .has_page = p.local_flag("has_page"),
                  .has_area = p.local_flag("has_area")};
  const Label retry = p.forward();
  const Label swap = p.forward();
  const Label again = p.forward();
  const Label out = p.forward();
  p.label(retry);
  p.step("is there nothing at the target?",
         when(move.target == w.to_nothing()).note("nothing"),
         otherwise().note("-EEXIST").go(out));
  const Expr is_entry = w.is_slot(move.source) || w.is_frame(move.source);
  const Expr same = !move.has_page || move.source == move.entry;
  p.step(
      "read the page table entry of the source",
      when(!is_entry).note("-ENOENT: there is nothing").go(out),
      when(is_entry && !same).note("-EAGAIN: it has changed").go(again),
      when(w.is_frame(move.source) && same).note("a page").then(move.entry = move.source),
      when(w.is_slot(move.source) && same).note("a slot").then(move.entry = move.source).go(swap));
  move_present(p, w, move, retry, again, out);
  p.label(swap);
  if (w.kernel().uffd_move != UffdMove::ignores_cache) find_cached(p, w, move, retry, again);
  move_entry(p, w, move, again, out);
  p.label(again);
  give_back(p, w, move);
  p.step("the user calls again", always().retry().go(retry));
  p.label(out);
  give_back(p, w, move);
  p.step("return", always().end());
}

} // namespace

SwapPath uffd_move() {
  SwapPath path;
  path.name = "uffd_move";
  path.process = "mover";
  path.function = "move_pages_ptes";
  path.text = "UFFDIO_MOVE: moves a page, or its swap entry, to another address";
  path.source = "linux-kernel, May and June 2025; c50f8e6053b0; S20";
  path.options = {{"page", "the anonymous page", 0, 1, 0}};
  path.record = record_move;
  return path;
}

} // namespace stalemate::kernel::swap
