#pragma once

#include "model/swap/objects/fair_lock.hpp"
#include "model/swap/objects/frame.hpp"
#include "model/swap/objects/log.hpp"
#include "model/swap/objects/rpc.hpp"
#include "model/swap/objects/zswap.hpp"

#include <optional>
#include <string>
#include <vector>

namespace stalemate::kernel::swap {

/// Claims that steps make about the state in which they run; empty where nobody asked.
struct Claims {
  build::Claim content;      ///< SAF-1
  build::Claim no_lost_page; ///< SAF-2
  build::Claim lifetime;     ///< SAF-3
  build::Claim own_page;     ///< SAF-3, of the page that a completion ends
  build::Claim lock_order;   ///< SAF-4
  build::Claim own_blocks;   ///< SAF-5
  build::Claim area_alive;   ///< SAF-9
  build::Claim may_sleep;    ///< S3
  build::Claim redirtied;    ///< SAF-10
  build::Claim no_sigbus;    ///< SAF-10'
  build::Claim never_sleeps; ///< L6
  build::Claim progress;     ///< LIV-5, LIV-2'
  build::Claim usable;       ///< N5
};

/// The free list.
struct Memory {
  build::Place free;     ///< Pages.
  build::Place failures; ///< Allocations below the watermark that may still fail.
  int min;               ///< The watermark.

  [[nodiscard]] build::Expr is_low() const { return free <= min; }
};

/// The file that the area is on.
struct SwapFile {
  FairLock i_rwsem;            ///< XFS calls it IOLOCK.
  build::SharedLock ilock;     ///< XFS's ILOCK: the extent list and the inode.
  build::Lock cached_page;     ///< The lock of the file's own page in the page cache.
  build::Place is_cached;      ///< That page is there.
  build::Place metadata_dirty; ///< The inode is pinned in the log.
  build::Array backing;        ///< Per page: Backing, as the extent list says.
  build::Place shut_down;      ///< The filesystem is.
  build::Lock freezer;         ///< Who froze the filesystem.
  build::Place is_swapfile;    ///< S_SWAPFILE
  build::Place dio_count;      ///< i_dio_count: direct I/O of users is in flight.
};

/// What a workqueue with one worker holds: the AIO of another file, or the completion of a page's
/// write. First in, first out.
struct Workqueue {
  build::Array item; ///< 0: none; 1 + frame; the last value: the AIO.
  int aio;           ///< The value that stands for the AIO.

  [[nodiscard]] build::Expr is_empty() const { return item[0] == 0; }
  [[nodiscard]] build::Effect push(const build::Expr& what) const;
  [[nodiscard]] build::Effect pop() const;
};

/// struct swap_info_struct: from swapon to swapoff.
struct Area {
  build::Place closed; ///< SWP_WRITEOK is not set: no slot is given out.
  build::Place users;  ///< References that keep the area from being freed.
  build::Place dying;  ///< No new reference is given out.
  build::Place gone;   ///< swap_map and extents are freed.
  build::Array moved;  ///< By slot: the file has left the block that swapon remembers.
};

/// The page of the swap file's first block in the page cache, where somebody stores to it.
struct FilePage {
  build::Lock mmap_lock;   ///< i_mmap_lock, which only activation holds for more than a step.
  build::Lock extent_lock; ///< Likewise.
  build::Place dirty;
  build::Place is_ordered;    ///< It is being written back,
  build::Place has_copy;      ///< to a new place, which the extent map has already.
  build::Place is_remembered; ///< That is where swapon found the extent.
};

/// What btrfs knows about the swap file's subvolume and its one block group.
struct Btrfs {
  build::Place is_read_only; ///< The block group takes no writes.
  build::Place is_pinned;    ///< The block group has extents of an active swap file.
  build::Place swapfiles;    ///< nr_swapfiles of the subvolume.
  build::Lock exclusive;     ///< The exclusive operation.
  build::Lock snapshot_lock; ///< Held by whoever creates a snapshot, or may allow none.
  std::optional<FilePage> stored;
};

/// A mempool: what is in it, and what is under way to come back.
struct Pool {
  build::Place elements;
  build::Place in_flight;
  build::Array holders; ///< Processes that have an element which they have not submitted.
};
inline constexpr int pool_size = 2;

/// Everything that the paths of one scenario share: memory, the swap area and its file, the log.
struct World {
  const Setup& setup;
  int processes;
  Memory memory;
  FrameTable frame;
  build::Array has_cache; ///< SWAP_HAS_CACHE, by slot.
  /// By address space and page: a frame, a slot, or nothing. Behind them, where uffd_move runs,
  /// those of the addresses that the pages move to.
  build::Array pte;
  std::optional<build::Array> rmap; ///< By frame: the entry that its rmap means, or none.
  build::Array expected;            ///< Ghost: what the page of an address space should read as.
  build::Array disk;                ///< By slot: what its block holds.
  build::Place io_errors;           ///< How often the device may still fail.
  build::Place failures; ///< Swap writes in a row that failed; kswapd gives up at the limit.
  std::optional<Zswap> zswap;
  SwapFile file;
  Area area;
  Btrfs btrfs;
  Rpc rpc;
  Log log;
  Workqueue queue;            ///< The filesystem's workqueue for direct I/O.
  Workqueue own_queue;        ///< One for swap alone.
  Pool pool;                  ///< A mempool of bios.
  build::Place cpu;           ///< 0, or 1 + the urgent task that keeps the CPU of all others.
  std::vector<int> first_tag; ///< By process: the tag of the first thing that it writes.
  Claims claims;

  [[nodiscard]] const Kernel& kernel() const { return setup.kernel; }
  [[nodiscard]] int frames() const { return frame.frames; }
  [[nodiscard]] int slots() const { return has_cache.size(); }
  [[nodiscard]] int pages() const;

  /// Does some process run this path?
  [[nodiscard]] bool has_path(const std::string& path) const { return holder(path) != 0; }
  /// 0, or 1 + the first process that runs this path, as a lock's holder says it.
  [[nodiscard]] int holder(const std::string& path) const;

  /// Is there a task of higher priority than the others?
  [[nodiscard]] bool has_urgent() const;

  /// Does somebody take pages out of the swap area, and get references on them?
  [[nodiscard]] bool has_faults() const {
    return has_path("touch") || has_path("swapoff") || has_path("zswap_shrinker");
  }
  /// Does somebody besides reclaim use pages, or unmap them?
  [[nodiscard]] bool has_users() const {
    return has_faults() || has_path("munmap") || has_path("uffd_move");
  }
  /// Does a fault read more than its page?
  [[nodiscard]] bool reads_ahead() const;
  /// Does somebody look at whether swapoff frees the area under him?
  [[nodiscard]] bool asks_for_area() const {
    return has_path("swapoff") && claims.area_alive.property.has_value();
  }

  [[nodiscard]] build::Place entry(int space, int page) const {
    return pte[space * pages() + page];
  }
  /// The entry at the address that the page moves to.
  [[nodiscard]] int target_number(int page) const { return expected.size() + page; }
  [[nodiscard]] build::Place target_entry(int page) const { return pte[target_number(page)]; }
  /// What the page of a page table entry should read as: it moves with the page.
  [[nodiscard]] build::Place expected_of(int entry) const {
    return expected[entry % expected.size()];
  }
  /// The page is mapped by the entry: who has no rmap yet gets one.
  [[nodiscard]] build::Effect add_rmap(const build::Expr& frame, int entry) const;
  /// The rmap of the page means the entry from here on.
  [[nodiscard]] build::Effect set_rmap(const build::Expr& frame, int entry) const;
  [[nodiscard]] build::Effect forget_rmap(const build::Expr& frame) const;
  /// Does the rmap of the frame lead to the entry?
  [[nodiscard]] build::Expr has_rmap(const build::Expr& frame, int entry) const;
  /// What a page table entry says: a frame, a swap entry, nothing.
  [[nodiscard]] static build::Expr to_frame(const build::Expr& frame) { return frame; }
  [[nodiscard]] build::Expr to_slot(const build::Expr& slot) const { return frames() + slot; }
  [[nodiscard]] int to_nothing() const { return frames() + slots(); }
  /// The entry of a page that could not be read (make_swapin_error_entry).
  [[nodiscard]] int to_error() const { return to_nothing() + 1; }
  [[nodiscard]] build::Expr is_frame(const build::Expr& entry) const { return entry < frames(); }
  [[nodiscard]] build::Expr is_slot(const build::Expr& entry) const {
    return entry >= frames() && entry < frames() + slots();
  }
  /// The slot of an entry that is one.
  [[nodiscard]] build::Expr slot_of(const build::Expr& entry) const {
    return build::min(build::max(entry - frames(), 0), slots() - 1);
  }
  /// The frame of an entry that is one.
  [[nodiscard]] build::Expr frame_of(const build::Expr& entry) const {
    return build::min(entry, frames() - 1);
  }
  /// swap_map's count: page table entries that mean the slot.
  [[nodiscard]] build::Expr is_counted(const build::Expr& slot) const;
  [[nodiscard]] build::Expr is_counted_once(const build::Expr& slot) const;
  [[nodiscard]] build::Expr is_mapped(const build::Expr& frame) const;
  /// The same, but for one page table entry.
  [[nodiscard]] build::Expr is_counted_but(int entry, const build::Expr& slot) const;
  [[nodiscard]] build::Expr is_mapped_but(int entry, const build::Expr& frame) const;
  /// Entries for the frame: more than one?
  [[nodiscard]] build::Expr is_mapped_twice(const build::Expr& frame) const;
  [[nodiscard]] build::Expr is_free_slot(int slot) const {
    return !has_cache[slot] && !is_counted(slot);
  }
  /// The slots of the area that swapon and swapoff are about; the others' area stays.
  [[nodiscard]] int own_slots() const { return slots() - setup.memory.second_area; }
  [[nodiscard]] build::Expr is_own(const build::Expr& slot) const;
  /// Has swapoff freed the area of the slot, with its map, its cache and its extents?
  [[nodiscard]] build::Expr is_gone(const build::Expr& slot) const {
    return area.gone && is_own(slot);
  }
  /// Does swapoff give out no more references on it?
  [[nodiscard]] build::Expr is_dying(const build::Expr& slot) const;
  /// get_swap_device() and put_swap_device() of the slot's area, of which swapoff waits for one.
  [[nodiscard]] build::Effect get_area(const build::Expr& slot) const;
  [[nodiscard]] build::Effect put_area(const build::Expr& slot) const;
  /// A way that reads what swapoff frees with the slot's area.
  [[nodiscard]] build::Alternative
  reads_area(const build::Alternative& way, const build::Expr& slot, const std::string& what) const;
  /// Can add_to_swap() get this slot?
  [[nodiscard]] build::Expr is_offered(int slot) const {
    return slot < own_slots() ? !area.closed && is_free_slot(slot) : is_free_slot(slot);
  }

  /// zswap_invalidate() of what is in no use any more: part of each step that frees a slot.
  [[nodiscard]] build::Effect invalidate_free_slots() const;
  /// What a read of the slot would give, from wherever it is.
  [[nodiscard]] build::Expr swapped_out(const build::Expr& slot) const;

  /// Waits until there is memory, for whoever completes a swap write, or else for reclaim.
  [[nodiscard]] build::Alternative wait_for_memory(const build::Alternative& way,
                                                   const build::Expr& enough) const;
};

/// Can the page of the swap file be overwritten in place by one bio?
[[nodiscard]] build::Expr is_usable(const World& world, int slot);

/// The number of a path's first process, or ir::none.
[[nodiscard]] int first_process(const Setup& setup, const std::string& path);

/// Writes in a row that fail before kswapd goes to sleep: MAX_RECLAIM_RETRIES, which is 16.
inline constexpr int reclaim_retries = 2;

/// Declares the variables of a scenario whose processes are all announced to the model.
[[nodiscard]] World
declare_world(build::Model& model, const Setup& setup, const std::vector<std::string>& processes);

} // namespace stalemate::kernel::swap
