// shrink_page_list(), pageout() and __remove_mapping(), mm/vmscan.c, v5.15, for anonymous pages.
//
// Keeps:   the page lock from the choice of the page to the writer, that dirty is cleared before
//          the writer is called, what is done about the writer's answer, what must be true of a
//          page that is freed, that kswapd gives up after writes that failed.
// Drops:   the LRU and its ages (any page can be chosen), frontswap, huge pages but for their size.
//          A page on which somebody else has a reference comes no further than the swap cache;
//          kswapd goes that far with the option "referenced" only.
// Atomic:  choosing and locking a page: the lock is only tried, and a page that cannot go is put
//          back as it was. "add the page to the swap cache": the slot is nobody's until the page
//          table says so, and that needs the page lock. "replace ...": under the page table lock.
//          "free the page": the reference count is frozen, then dirty is looked at.
// Sources: atlas direct-and-swap 4.1 (O1-O9).

#include "model/swap/paths/shrink_page_list.hpp"

#include "model/swap/objects/content.hpp"
#include "model/swap/paths/do_swap_page.hpp"
#include "model/swap/paths/swap_writepage.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

Expr has_free_slot(const World& w) {
  return exists(w.slots(), [&](int k) { return w.is_offered(k); });
}

/// Could the page be locked, and written or freed?
Expr is_candidate(const World& w, int frame, bool may_write, bool takes_referenced = false) {
  const auto page = w.frame[frame];
  const Expr is_alone = takes_referenced ? Expr(true) : page.refs == 0;
  const Expr idle = page.used && page.lock.is_free() && !page.writeback && is_alone &&
                    w.frame.rests(frame) && !page.isolated;
  const Expr clean = page.in_cache && !page.dirty;
  if (!may_write || w.setup.memory.slots.empty()) return idle && clean;
  return idle && (page.in_cache || (w.is_mapped(frame) && has_free_slot(w)));
}

/// Back to the LRU, or to the free list: a page that was unmapped meanwhile has no other reference.
Effect put_back(const World& w, const Expr& index) {
  const Effect put = w.frame[index].isolated = false;
  return w.has_path("munmap") ? put.then(free_unused(w, index)) : put;
}

void add_to_swap(Path& p, const World& w, const Expr& index, Label keep) {
  const auto page = w.frame[index];
  const auto fn = p.function("add_to_swap", "mm/swap_state.c");
  std::vector<Alternative> ways = for_any(w.slots(), [&](int k) {
    return when(!page.in_cache && w.is_offered(k))
        .note(fmt::format("slot {}", k))
        .then(w.has_cache[k] = true, page.in_cache = true, page.slot = k, page.dirty = true);
  });
  ways.push_back(when(page.in_cache).note("it is there already"));
  // Two tasks can have chosen pages while one slot was free.
  if (w.frames() > w.slots() || w.has_path("swapoff"))
    ways.push_back(when(!page.in_cache && !has_free_slot(w))
                       .note("no slot is free")
                       .then(put_back(w, index), release(page.lock))
                       .go(keep));
  p.step("add the page to the swap cache", ways);
}

void try_to_unmap(Path& p, const World& w, const Expr& index, Label keep) {
  const auto page = w.frame[index];
  const auto fn = p.function("try_to_unmap_one", "mm/rmap.c");
  p.step("replace the page in page tables by its swap entry",
         then(for_each(w.pte.size(), [&](int i) {
           const Expr is_found =
               w.rmap ? w.pte[i] == index && w.has_rmap(index, i) : w.pte[i] == index;
           return w.pte[i] = select(is_found, w.to_slot(page.slot), w.pte[i]);
         })));
  if (!w.rmap) return;
  p.step("is it still mapped?",
         when(w.is_mapped(index))
             .note("yes: keep it")
             .then(put_back(w, index), release(page.lock))
             .go(keep),
         otherwise().note("no"));
}

void handle_write_error(Path& p, const FrameTable::Row& page) {
  const auto fn = p.function("handle_write_error", "mm/vmscan.c");
  p.step("lock the page", take(page.lock));
  p.step("record the error where nobody looks, unlock", then(release(page.lock)));
}

void pageout(Path& p, const World& w, const Reclaimer& task, Label keep) {
  const auto fn = p.function("pageout", "mm/vmscan.c");
  const auto page = w.frame[task.page];
  const auto clear = when(page.refs == 0).then(page.dirty = false, page.reclaim = true);
  const auto busy = when(page.refs > 0)
                        .note("somebody else has a reference")
                        .then(put_back(w, task.page), release(page.lock))
                        .go(keep);
  if (w.has_users())
    p.step("clear dirty, set PG_reclaim", clear, busy);
  else
    p.step("clear dirty, set PG_reclaim", clear);
  swap_writepage(p, w, task);
  if (w.kernel().writepage_result == ResultOf::ignored || !may_return_error(w)) return;

  // Only the sign is looked at, so that -EIOCBQUEUED is an error as long as nobody says otherwise.
  const Label fine = p.forward();
  const Expr is_error = w.kernel().queued_is == QueuedIs::error ? task.result != Result::done
                                                                : task.result == Result::failed;
  p.step("did the writer return an error?",
         when(is_error).note("yes").check(
             w.claims.never_sleeps,
             page.lock.is_free() && task.result != Result::queued,
             "reclaim waits for the lock of a page that it has given away"),
         otherwise().note("no").go(fine));
  handle_write_error(p, page);
  p.label(fine);
}

void remove_mapping(
    Path& p, const World& w, const Expr& index, const FrameTable::Row& page, Label next) {
  const auto fn = p.function("__remove_mapping", "mm/vmscan.c");
  const Expr is_ours =
      page.in_cache && page.refs == 0 && !w.is_mapped(index) && !page.dirty && !page.writeback;
  Expr is_saved = !w.is_counted(page.slot) || w.swapped_out(page.slot) == page.data;
  // What a read that failed has left behind is nobody's data: the next fault reads the slot again.
  if (reads_can_fail(w))
    is_saved = is_saved || (!page.uptodate && !exists(w.pte.size(), [&](int i) {
                 return w.pte[i] == w.to_slot(page.slot) && w.expected_of(i) == page.data;
               }));
  const auto free = when(is_ours)
                        .check(w.claims.no_lost_page,
                               is_saved,
                               "the page is freed, and its slot does not hold what it held")
                        .then(w.has_cache[page.slot] = false,
                              page.in_cache = false,
                              w.invalidate_free_slots(),
                              page.used = false,
                              page.uptodate = false,
                              page.reclaim = false,
                              page.slot = 0,
                              page.data = content::garbage,
                              free_memory(w),
                              put_back(w, index),
                              release(page.lock))
                        .go(next);
  if (w.has_users())
    p.step("free the page",
           free,
           otherwise()
               .note("it is used again: keep it")
               .then(put_back(w, index), release(page.lock))
               .go(next));
  else
    p.step("free the page", free);
}

/// What happens to a page once it is locked; goes to `keep` with the page unlocked.
void shrink_page(Path& p, const World& w, const Reclaimer& task, Label keep) {
  const auto page = w.frame[task.page];
  const Label remove = p.forward();
  add_to_swap(p, w, task.page, keep);
  try_to_unmap(p, w, task.page, keep);
  p.step(
      "is the page dirty?", when(page.dirty).note("yes"), when(!page.dirty).note("no").go(remove));
  pageout(p, w, task, keep);
  p.step("is the page clean and at rest now?",
         when(!page.writeback && !page.dirty && page.lock.is_free())
             .note("yes")
             .take(page.lock)
             .then(page.reclaim = false),
         otherwise().note("keep it").then(put_back(w, task.page)).go(keep));
  p.label(remove);
  remove_mapping(p, w, task.page, page, keep);
}

void record_kswapd(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("shrink_page_list", "mm/vmscan.c");
  const Reclaimer task = declare_reclaimer(p, w);
  const int passes = options.at("passes");
  const bool takes_referenced = options.at("referenced") != 0;
  const Place left = p.local("passes_left", 0, passes, passes);

  const Label next = p.forward();
  p.label(next);
  const Expr is_needed = passes > 0 ? left > 0 : w.memory.is_low();
  const Alternative gives_up =
      when(is_needed && w.failures == reclaim_retries)
          .check(w.claims.progress,
                 false,
                 "kswapd gives up: one swap write after the other has failed")
          .note("give up: too many writes in a row have failed")
          .end();
  const auto candidates = for_any(w.frames(), [&](int f) {
    const auto candidate = w.frame[f];
    const Expr fits = is_candidate(w, f, true, takes_referenced);
    const auto way = when(is_needed && w.failures < reclaim_retries && fits)
                         .take(candidate.lock)
                         .note(fmt::format("page {}", f))
                         .then(task.page = f, candidate.isolated = true);
    return passes > 0 ? way.then(left = left - 1) : way;
  });
  // Low memory wakes kswapd; passes at any time are owed to nobody.
  const Phrase look = idle("lock a page that could go");
  const Phrase phrase = passes > 0 ? look : weakly_fair(look);
  if (may_fail(w))
    p.step(phrase, candidates, gives_up);
  else
    p.step(phrase, candidates);
  shrink_page(p, w, task, next);
}

} // namespace

bool may_swap_out(const Kernel& kernel, Gfp gfp) {
  if (gfp != Gfp::nofs) return true;
  return kernel.nofs_swap_out == NofsSwapOut::io_flag || !kernel.fs_ops;
}

Expr can_reclaim(const World& w, Gfp gfp) {
  const bool may_write = may_swap_out(w.kernel(), gfp);
  return exists(w.frames(), [&](int f) { return is_candidate(w, f, may_write); });
}

void shrink_page_list(Path& p, const World& w, const Reclaimer& task, Gfp gfp, Label next) {
  const auto fn = p.function("shrink_page_list", "mm/vmscan.c");
  const bool may_write = may_swap_out(w.kernel(), gfp);
  p.step("lock a page that could go",
         for_any(w.frames(),
                 [&](int f) {
                   return when(is_candidate(w, f, may_write))
                       .take(w.frame[f].lock)
                       .note(fmt::format("page {}", f))
                       .then(task.page = f, w.frame[f].isolated = true);
                 }),
         otherwise().note("somebody else was faster").go(next));
  shrink_page(p, w, task, next);
}

SwapPath kswapd() {
  SwapPath path;
  path.name = "kswapd";
  path.process = "kswapd";
  path.function = "shrink_page_list";
  path.text = "reclaim: writes anonymous pages to swap and frees them, as long as memory is low";
  path.source = "atlas direct-and-swap 4.1";
  path.options = {
      {"passes", "how many pages it looks at, low memory or not; 0: while memory is low", 0, 4, 0},
      {"referenced", "1: takes pages too on which somebody else has a reference", 0, 1, 0}};
  path.record = record_kswapd;
  path.is_daemon = true;
  return path;
}

} // namespace stalemate::kernel::swap
