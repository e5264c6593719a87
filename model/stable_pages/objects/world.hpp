#pragma once

#include "checker/builder/declare.hpp"
#include "model/stable_pages/layout/setup.hpp"

namespace stalemate::kernel::stable_pages {

/// What a page or a slot holds. The two values of data differ in the size that they compress to.
namespace content {

inline constexpr int small = 0;
inline constexpr int big = 1;
inline constexpr int torn = 2; ///< Part of one and part of the other.
inline constexpr int none = 3; ///< Of a slot: nothing was written.

} // namespace content

/// A page table entry for the page.
enum class Pte : std::uint8_t { swap, read_only, writable, copy, gone };

/// struct page: the one page of the scenario.
struct Page {
  build::Lock lock;
  build::Place present; ///< It is allocated.
  build::Place writeback;
  build::Place in_swap_cache;
  build::Place dirty;
  build::Place content;
  build::Place refs; ///< Of faults that hold no lock.
};

/// The address spaces that map it.
struct Mappers {
  build::Array pte;
  build::Array dirty;     ///< The dirty bit of the entry.
  build::Array exclusive; ///< The page, or the swap entry, is marked as belonging to nobody else.
  build::Array ptl;       ///< Page table locks.
  build::Array copy;      ///< Content of the private copy.
  build::Array written;   ///< Ghost: what was stored last.
  int count;
};

/// struct swap_info_struct and the one slot of the scenario.
struct Swap {
  build::Lock si_lock;
  build::Place enabled;   ///< swapon has been there.
  build::Place stable;    ///< SWP_STABLE_WRITES.
  build::Place users;     ///< Swap entries that name the slot.
  build::Place has_cache; ///< SWAP_HAS_CACHE: the slot is kept for the page in the swap cache.
  build::Place stored;    ///< What the device holds.
};

/// The device, and what it is asked to do.
struct SwapDevice {
  build::Lock init_lock;
  build::Place size_set;   ///< It can be opened.
  build::Place capability; ///< It says that it needs stable pages.
  build::Place reading;    ///< It is going to read into a page that belongs to nobody else.
  build::Place page_freed; ///< That page was freed.
};

/// What has gone wrong, for the claims; no step depends on it.
struct Ghosts {
  build::Place written_back; ///< The content when writeback began.
  build::Place overrun;
  build::Place mismatch;
  build::Place harm; ///< To something that is not this page's.
  build::Place slept_in_atomic;
  build::Place read_torn;
  build::Place used_freed;
};

/// Everything that the paths of one scenario share: one page, one slot, one device.
struct World {
  const Setup& setup;
  Page page;
  Mappers map;
  Swap swap;
  SwapDevice device;
  Ghosts ghost;
  build::Place free_pages;

  [[nodiscard]] const Kernel& kernel() const { return setup.kernel; }
  [[nodiscard]] bool has_path(const std::string& path) const;
  [[nodiscard]] build::Lock ptl(int mm) const { return {map.ptl[mm], page.lock.processes}; }
  /// Do swap entries remember that a page is exclusive?
  [[nodiscard]] bool has_marks() const {
    return kernel().anon_exclusive != Exclusive::not_remembered;
  }
  /// Is the device read without the swap cache?
  [[nodiscard]] bool bypasses() const {
    return kernel().anon_swap_in != SwapIn::through_swap_cache;
  }
  /// Can memory run out? Each address space takes one page for itself at most.
  [[nodiscard]] bool is_scarce() const { return setup.layout.free_pages < map.count; }
  /// Can the reuse test say "copy"?
  [[nodiscard]] bool may_copy() const;
  /// Can a fault fail?
  [[nodiscard]] bool may_fail() const;
  /// How many entries map the page.
  [[nodiscard]] build::Expr mapcount() const;
  /// delete_from_swap_cache().
  [[nodiscard]] build::Effect leave_swap_cache() const {
    return build::together(page.in_swap_cache = false, swap.has_cache = false);
  }
  /// The page is freed; what is known about it goes with it.
  [[nodiscard]] build::Effect free_page() const;
};

/// Declares the variables of a scenario whose processes are all announced to the model.
[[nodiscard]] World declare_world(build::Model& model, const Setup& setup);

} // namespace stalemate::kernel::stable_pages
