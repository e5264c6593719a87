#pragma once

#include "model/swap/paths/reclaimer.hpp"

#include <optional>

namespace stalemate::kernel::swap {

/// What a fault reads besides its own page.
struct Ahead {
  bool by_slot; ///< The neighbours of its slot, not those of its page.
  Reclaimer task;
  build::Place entry; ///< The entry that is being looked at.
};

/// A fault of one address space on one page, and the locals of the task that takes it.
struct Fault {
  int space;
  int page;
  Reclaimer task;                            ///< task.page is the page frame that was found.
  build::Place entry;                        ///< The page table entry as the fault found it.
  build::Expr is_write;                      ///< Does the task want to write?
  bool is_urgent = false;                    ///< Others on its CPU run only while it sleeps.
  bool is_ahead = false;                     ///< No fault of its own: what is free is skipped.
  std::optional<Ahead> ahead = std::nullopt; ///< What it reads besides, on a miss.
};

/// do_swap_page(): falls off when the page is mapped, or when the fault must be taken again.
void do_swap_page(build::Path& path, const World& world, const Fault& fault);

/// try_to_free_swap(): does the state of its I/O let the page give its slot up?
[[nodiscard]] build::Expr may_lose_slot(const World& world, const FrameTable::Row& page);

/// Is every slot taken?
[[nodiscard]] build::Expr is_full(const World& world);

/// Frees a page that has no reference of any kind.
[[nodiscard]] build::Effect free_unused(const World& world, const build::Expr& frame);

/// put_page(): the last reference frees a page that is neither in the cache nor mapped.
[[nodiscard]] build::Effect put_page(const World& world, const build::Expr& frame);

/// Can a swap read of this scenario fail at all?
[[nodiscard]] bool reads_can_fail(const World& world);

/// Can swapoff lock a page that is not uptodate? What it found in the swap cache may be a page that
/// the shrinker of zswap has given up, and taken out, before it was filled.
[[nodiscard]] bool may_unuse_unread(const World& world);

/// The step that takes a page frame for `task.page` from the free list. It waits, unless it is told
/// where to go without one.
[[nodiscard]] std::vector<build::Alternative>
take_frame(const World& world,
           const Reclaimer& task,
           const build::Effect& more,
           const std::optional<build::Label>& no_memory = {});

/// Gives a frame that nobody else has seen back.
[[nodiscard]] build::Effect drop_frame(const World& world, const FrameTable::Row& page);

} // namespace stalemate::kernel::swap
