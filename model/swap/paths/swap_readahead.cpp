// swap_vma_readahead() and swap_cluster_readahead(), mm/swap_state.c, v6.1 to v7.1.
//
// Keeps:   the order: all entries, or slots, of the window, the fault's own among them, and the
//          fault's own once more at the end; entries that are looked at without the page table
//          lock; the reference on an area that is not the fault's; slots that are free.
// Drops:   the size of the window, which has all there is; the plug; the marks of pages that were
//          read ahead; readahead on synchronous devices, which only shared entries get.
// Atomic:  the reference on the area: up to v6.12 __read_swap_cache_async() takes one itself, in
//          v6.1 for each look anew, which is one around all of them here. It is dropped with the
//          page: the area cannot go in between, since its slot has the page in the swap cache.
// Sources: 1c2a936edd71 (CVE-2025-40270), 78524b05f1a3; S19.

#include "model/swap/paths/swap_readahead.hpp"

#include "model/swap/paths/swap_cache.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

bool is_alone(const World& w) {
  return w.own_slots() == w.slots();
}

/// Can an entry need a reference besides the fault's own?
bool may_need_area(const World& w, const Fault& fault) {
  if (!w.asks_for_area()) return false;
  switch (w.kernel().readahead_area) {
  case ReadaheadArea::none:
    return false;
  case ReadaheadArea::always:
    return true;
  case ReadaheadArea::other_area:
    return !is_alone(w) && !fault.ahead->by_slot;
  }
  return false;
}

/// Does it? Only on the area that swapoff is about.
Expr needs_area(const World& w, const Fault& fault, const Expr& slot) {
  if (w.kernel().readahead_area == ReadaheadArea::always) return w.is_own(slot);
  return w.is_own(slot) && !w.is_own(w.slot_of(fault.entry));
}

/// One entry: falls off whatever comes of it.
void read_one(Path& p, const World& w, const Fault& fault, const Place& entry, Label next) {
  const Reclaimer& task = fault.ahead->task;
  const Expr slot = w.slot_of(entry);
  const Label found = p.forward();
  const Label skip = p.forward();
  const Fault one{.space = fault.space,
                  .page = fault.page,
                  .task = task,
                  .entry = entry,
                  .is_write = false,
                  .is_urgent = fault.is_urgent,
                  .is_ahead = true};
  const Expr needs = needs_area(w, fault, slot);
  const bool may_need = may_need_area(w, fault);
  const Effect put = may_need ? w.area.users = w.area.users - select(needs, 1, 0) : Effect();
  if (may_need)
    p.step("get_swap_device: a reference on the entry's area",
           when(needs && !w.area.dying).then(w.area.users = w.area.users + 1),
           when(needs && w.area.dying).note("swapoff is under way: skip it").go(next),
           otherwise().note("not needed"));
  find_swap_page(p, w, one, found, skip);
  p.label(found);
  p.step("drop the page, and the area", then(put_page(w, task.page)).then(put).go(next));
  p.label(skip);
  if (may_need) p.step("skip it: drop the area", then(put).go(next));
}

void look_at_page(Path& p, const World& w, const Fault& fault, int page) {
  const auto fn = p.function("swap_vma_readahead", "mm/swap_state.c");
  const Place entry = fault.ahead->entry;
  const Place pte = w.entry(fault.space, page);
  const Label next = p.forward();
  p.step(fmt::format("look at the page table entry of page {}", page),
         when(w.is_slot(pte)).note("a slot").then(entry = pte),
         otherwise().note("no slot").go(next));
  read_one(p, w, fault, entry, next);
  p.label(next);
}

void look_at_slot(Path& p, const World& w, const Fault& fault, int slot) {
  const auto fn = p.function("swap_cluster_readahead", "mm/swap_state.c");
  const Place entry = fault.ahead->entry;
  const Label next = p.forward();
  const std::string phrase = fmt::format("take slot {}", slot);
  const auto take = then(entry = w.to_slot(slot));
  if (is_alone(w))
    p.step(phrase, take);
  else
    p.step(phrase,
           take.when(w.is_own(slot) == w.is_own(w.slot_of(fault.entry))),
           otherwise().note("it is of another area").go(next));
  read_one(p, w, fault, entry, next);
  p.label(next);
}

} // namespace

std::optional<Ahead> declare_ahead(Path& p, const World& w, const Options& options) {
  const int readahead = options.at("readahead");
  if (readahead == 0) return std::nullopt;
  const Place page = p.local("ahead_page", 0, w.frames() - 1);
  return Ahead{.by_slot = readahead == 2,
               .task = {.page = page,
                        .result = p.local_named("ahead_result", {"done", "failed", "queued"}),
                        .nested = p.local_flag("ahead_nested")},
               .entry = p.local("ahead_entry", 0, w.to_error())};
}

void swapin_readahead(Path& p, const World& w, const Fault& fault) {
  const bool by_slot = fault.ahead->by_slot;
  for (int i = 0; i < (by_slot ? w.slots() : w.pages()); ++i)
    by_slot ? look_at_slot(p, w, fault, i) : look_at_page(p, w, fault, i);
}

} // namespace stalemate::kernel::swap
