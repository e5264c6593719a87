// A process that uses its memory, as the program of "mm: Use DIO for swap", patch 7, does: what it
// reads must be what it wrote. handle_pte_fault(), do_wp_page(), mm/memory.c, v5.15.
//
// Keeps:   the fault when the page is in swap; the page lock under which a page of the swap cache
//          becomes writable, unless it is marked exclusive; the copy of a page that others map as
//          well.
// Drops:   everything about memory that is not anonymous; the exit of the process.
// Atomic:  one access of the process. Its dirty bit is the page's at once: reclaim looks at it only
//          after it has taken the entries away.
// Sources: swap-dio thread, patch 7; atlas direct-and-swap 5.1 I9, I10.

#include "model/swap/paths/touch.hpp"

#include "model/swap/paths/do_swap_page.hpp"
#include "model/swap/paths/swap_readahead.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

struct Access {
  Place pte;
  Place expected;
  Place round;
  int rounds;
  int writes;
  int first_tag;

  [[nodiscard]] Expr is_write() const { return writes == 0 ? Expr(false) : round < writes; }
};

/// reuse_swap_page(): nobody else has the page or its slot.
Expr is_exclusive(const World& w, const Expr& frame) {
  return !w.is_mapped_twice(frame) &&
         !(w.frame[frame].in_cache && w.is_counted(w.frame[frame].slot));
}

/// do_wp_page(): makes the page writable, or gives the process a copy.
void do_wp_page(Path& p, const World& w, const Fault& fault, const Access& access, Label retry) {
  const auto fn = p.function("do_wp_page", "mm/memory.c");
  const Expr old = w.frame_of(fault.entry);
  const auto page = w.frame[old];
  const Label copy = p.forward();
  const bool copies = w.setup.memory.address_spaces > 1;
  const Expr is_same = access.pte == fault.entry;
  const Expr drops = page.in_cache && may_lose_slot(w, page);
  const auto reuse = when(is_same && is_exclusive(w, old))
                         .note("nobody else has it")
                         .then(w.has_cache[page.slot] = w.has_cache[page.slot] && !drops,
                               page.dirty = page.dirty || drops,
                               page.writable = true,
                               page.in_cache = page.in_cache && !drops,
                               release(page.lock))
                         .then(w.invalidate_free_slots())
                         .then(put_page(w, old))
                         .go(retry);
  if (w.kernel().wp_reuse == WpReuse::exclusive) {
    p.step("is it still mapped? It is exclusive",
           when(is_same)
               .note("yes: reuse it")
               .then(page.writable = true)
               .then(put_page(w, old))
               .go(retry),
           when(!is_same).note("the page table has changed").then(put_page(w, old)).go(retry));
    return;
  }
  p.step("lock the page to write to it", take(page.lock));
  if (!copies) {
    p.step("reuse the page",
           reuse,
           when(!is_same)
               .note("the page table has changed")
               .then(release(page.lock))
               .then(put_page(w, old))
               .go(retry));
    return;
  }
  p.step("reuse the page",
         reuse,
         when(!is_same)
             .note("the page table has changed")
             .then(release(page.lock))
             .then(put_page(w, old))
             .go(retry),
         when(is_same && !is_exclusive(w, old))
             .note("others have it too: copy it")
             .then(release(page.lock))
             .go(copy));
  p.label(copy);
  const auto made = w.frame[fault.task.page];
  p.step("allocate a page for the copy", take_frame(w, fault.task, Effect()));
  p.step("map the copy",
         when(is_same)
             .then(made.data = page.data,
                   made.uptodate = true,
                   made.dirty = true,
                   made.writable = true,
                   made.isolated = false,
                   access.pte = fault.task.page)
             .then(put_page(w, old))
             .go(retry),
         otherwise()
             .note("the page table has changed")
             .then(drop_frame(w, made))
             .then(put_page(w, old))
             .go(retry));
}

void record_touch(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("handle_pte_fault", "mm/memory.c");
  // The addresses that pages move to stand behind those of the address spaces.
  const int space = options.at("moved") != 0 ? w.setup.memory.address_spaces : options.at("space");
  const int number = options.at("page");
  const int writes = options.at("writes");
  const int rounds = writes + options.at("reads");
  const Access access{.pte = w.entry(space, number),
                      .expected = w.expected_of(space * w.pages() + number),
                      .round = p.local("round", 0, std::max(rounds, 1)),
                      .rounds = rounds,
                      .writes = writes,
                      .first_tag = w.first_tag[static_cast<std::size_t>(p.number())]};
  const Place entry = p.local("entry", 0, w.to_error());
  const Fault fault{.space = space,
                    .page = number,
                    .task = declare_reclaimer(p, w),
                    .entry = entry,
                    .is_write = access.is_write(),
                    .is_urgent = options.at("urgent") != 0,
                    .ahead = declare_ahead(p, w, options)};
  const Expr frame = w.frame_of(access.pte);
  const auto page = w.frame[frame];
  const Label retry = p.forward();
  const Label write_fault = p.forward();

  p.label(retry);
  const Expr is_mapped = w.is_frame(access.pte);
  const Expr good = page.data == access.expected;
  const auto next = access.round = access.round + 1;
  const Expr more = access.round < rounds;
  const auto compare = [&](const Alternative& way) {
    return way.check(
        w.claims.content, good, "the page does not hold what the process wrote to it last");
  };
  std::vector<Alternative> ways;
  if (rounds > writes)
    ways.push_back(
        compare(when(more && is_mapped && !access.is_write())).note("read").then(next).go(retry));
  if (writes > 0) {
    const Expr tag = access.first_tag + min(access.round, writes - 1);
    ways.push_back(compare(when(more && is_mapped && access.is_write() && page.writable))
                       .note("read and write")
                       .then(page.data = tag, page.dirty = true, access.expected = tag, next)
                       .go(retry));
    ways.push_back(when(more && is_mapped && access.is_write() && !page.writable)
                       .note("write fault")
                       .then(entry = access.pte, page.refs = page.refs + 1)
                       .go(write_fault));
  }
  ways.push_back(when(more && w.is_slot(access.pte)).note("swap fault").then(entry = access.pte));
  if (w.has_path("swapoff"))
    ways.push_back(when(more && access.pte == w.to_error())
                       .note("SIGBUS")
                       .check(w.claims.no_sigbus, false, "the page was lost")
                       .end());
  if (w.has_path("munmap") || w.has_path("uffd_move"))
    ways.push_back(when(more && access.pte == w.to_nothing()).note("nothing is mapped here").end());
  ways.push_back(when(!more).note("done").end());
  p.step("use the page", ways);
  do_swap_page(p, w, fault);
  p.step("take the access again", always().go(retry));
  if (writes > 0) {
    p.label(write_fault);
    do_wp_page(p, w, fault, access, retry);
  }
}

} // namespace

SwapPath touch() {
  SwapPath path;
  path.name = "touch";
  path.process = "user";
  path.function = "handle_pte_fault";
  path.text = "a process that uses a page: what it reads must be what was written";
  path.source = "atlas direct-and-swap 5.1; swap-dio thread, patch 7";
  path.options = {{"space", "the address space", 0, 1, 0},
                  {"page", "the anonymous page", 0, 1, 0},
                  {"writes", "how often it reads and then writes", 0, 2, 0},
                  {"reads", "how often it reads after that", 0, 2, 1},
                  {"moved", "1: at the address that uffd_move moves it to", 0, 1, 0},
                  {"readahead",
                   "what a miss reads besides: 1, the other pages of the address space; 2, the "
                   "other slots of the area",
                   0,
                   2,
                   0},
                  {"urgent", "1: of higher priority than all others on its CPU", 0, 1, 0}};
  path.record = record_touch;
  return path;
}

} // namespace stalemate::kernel::swap
