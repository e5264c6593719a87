#include "model/stable_pages/properties.hpp"

#include "model/extension/additions.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::stable_pages {

using build::Expr;

namespace {

/// What the address space reads when nobody is at work on the page.
Expr seen(const World& w, int mm) {
  const auto pte = w.map.pte[mm];
  const Expr swapped = select(w.page.in_swap_cache, w.page.content, w.swap.stored);
  return select(
      pte == Pte::copy, w.map.copy[mm], select(pte == Pte::swap, swapped, Expr(w.page.content)));
}

Parts no_lost_write(const World& w) {
  Parts parts;
  for (int mm = 0; mm < w.map.count; ++mm) {
    const Expr is_settled =
        w.page.lock.is_free() && w.map.ptl[mm] == 0 && w.map.pte[mm] != Pte::gone;
    parts.emplace_back(!is_settled || seen(w, mm) == w.map.written[mm],
                       fmt::format("address space {}", mm));
  }
  return parts;
}

Parts stable_under_writeback(const World& w) {
  const Expr is_due = w.page.writeback && w.swap.stable;
  return {{!is_due || w.page.content == w.ghost.written_back,
           "the page has changed since its writeback began"}};
}

Parts slot_is_kept(const World& w) {
  const Expr is_due = !w.page.lock.is_free() && w.page.in_swap_cache;
  return {{!is_due || w.swap.has_cache, "the slot of the page"}};
}

using Ghost = build::Place Ghosts::*;

/// A claim that something never happens, which a step remembers if it does.
PropertyOf<World>
never(const char* name, const char* claim, const char* source, Ghost ghost, const char* text) {
  return {{name, claim, source, ir::PropertyKind::invariant, {}},
          [ghost, text](const World& w) -> Parts {
            return {{!(w.ghost.*ghost), text}};
          },
          nullptr};
}

} // namespace

const std::vector<AnonProperty>& properties() {
  using Kind = ir::PropertyKind;
  static const std::vector<AnonProperty> own{
      never("no_overrun",
            "a compressed page fits into the memory that was allocated for it",
            "anonymous-stable-pages thread; atlas stable-pages B-I1",
            &Ghosts::overrun,
            "the copy into the zram object"),
      {{"no_lost_write",
        "a read sees what was written last",
        "atlas stable-pages B-I3",
        Kind::invariant,
        {}},
       no_lost_write,
       nullptr},
      {{"stable_under_writeback",
        "a page does not change while it is written to a device that needs it stable",
        "anonymous-stable-pages thread; atlas stable-pages B-I2",
        Kind::invariant,
        {}},
       stable_under_writeback,
       nullptr},
      never("no_torn_read",
            "nobody reads a mixture of two stores from the device",
            "atlas stable-pages B-I4",
            &Ghosts::read_torn,
            "a read of the slot"),
      never("no_sleep_atomic",
            "nobody sleeps under a spinlock",
            "anonymous-stable-pages thread; atlas stable-pages B-I5",
            &Ghosts::slept_in_atomic,
            "the fault under the page table lock"),
      never("no_harm_to_neighbours",
            "writing a page damages nothing but its own slot",
            "atlas stable-pages B-I7",
            &Ghosts::harm,
            "the device"),
      never("no_io_error",
            "the device never sees a page change under it",
            "atlas stable-pages B-R5, H4",
            &Ghosts::mismatch,
            "the check of the device"),
      never("no_use_after_free",
            "nobody touches memory that was freed",
            "atlas stable-pages B-R9",
            &Ghosts::used_freed,
            "the page that is read into"),
      {{"slot_is_kept",
        "a locked page in the swap cache has its slot for itself",
        "atlas stable-pages B-I6",
        Kind::invariant,
        {}},
       slot_is_kept,
       nullptr},
      {{"no_deadlock",
        "somebody can always go on, unless all have ended or rest",
        "atlas stable-pages B-L3",
        Kind::no_deadlock,
        {}},
       nullptr,
       nullptr},
      {{"progress",
        "whoever has not ended and does not rest gets on with it, some time",
        "atlas stable-pages B-L1, B-L2",
        Kind::progress,
        {},
        true},
       nullptr,
       nullptr},
      {{"references_end",
        "who has taken a reference on a page or folio puts it",
        "put_page(), include/linux/mm.h",
        Kind::leads_to,
        {},
        true},
       nullptr,
       nullptr,
       [](const World& w) -> Expr { return w.page.refs != 0; },
       [](const World& w) -> Expr { return w.page.refs == 0; }},
  };
  static const auto all = with_additions(own);
  return all;
}

} // namespace stalemate::kernel::stable_pages
