#pragma once

#include "checker/builder/declare.hpp"
#include "model/dax/layout/setup.hpp"
#include "model/scenario/cast.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::dax {

/// Who may use a block: values of block.owner.
namespace owner {

inline constexpr int busy = 0;  ///< Freed, and in the tree of busy extents.
inline constexpr int free = 1;  ///< Anybody may allocate it.
inline constexpr int other = 2; ///< Another file.

/// This file, at an offset.
inline constexpr int offset(int off) {
  return 3 + off;
}

} // namespace owner

/// The locks and fields of the file's inode. The ILOCK is not stored: every section under it is one
/// step.
struct Inode {
  build::SharedLock iolock;   ///< i_rwsem.
  build::SharedLock mmaplock; ///< invalidate_lock.
  build::Place size;          ///< i_size, in pages.
  build::Place dio;           ///< i_dio_count.
  build::Place mapped;        ///< Somebody maps it: i_mmap is not empty.
};

/// What each offset of the file has: 0 or 1 + a block.
struct OffsetTable {
  build::Array extent; ///< The extent map.
  build::Array entry;  ///< The DAX entry in the mapping tree.
  build::Array pte;    ///< The page table entry of the one process that maps the file.
  build::Array entry_lock;
  build::Array no_references; ///< A flag that faults respect: who set it (V4).
};

/// Where a waiter stands in a page's wait queue.
enum class Sleeper : std::uint8_t { none, queued, woken };

/// struct page of each block, and who owns the block.
struct BlockTable {
  build::Array count;    ///< References, page tables not counted.
  build::Array sleeper;  ///< Of the one process that waits for pages.
  build::Array callback; ///< A call to the filesystem is queued: the page became idle.
  build::Array owner;
};

/// Where a busy record hangs.
enum class OnList : std::uint8_t { none, checkpoint, own };

/// struct xfs_extent_busy: the one record of the scenario, and the checkpoint that frees its
/// blocks.
struct BusyExtent {
  build::Place in_tree;
  build::Place dax;        ///< EXTENT_BUSY_DAX of the proposal.
  build::Place committed;  ///< The freeing transaction is durable.
  build::Place discarding; ///< XFS_EXTENT_BUSY_DISCARDED.
  build::Place list;
  build::Place pages;  ///< Pages under DMA, where the record counts them.
  build::Array covers; ///< By block.
  build::Place in_cil; ///< The freeing transaction waits for the checkpoint's I/O.
  build::Place context_freed;
  build::Place discard_issued;
  build::Lock eb_lock;    ///< Only where somebody can be interrupted while holding it.
  build::Lock interrupt;  ///< The interrupt handler that runs on the CPU of the log worker.
  build::Place log_looks; ///< Ghost: the commit has not looked at the record yet.
  build::Array notifying; ///< Ghost: by pinner; a reference was dropped, nobody was told yet.
};

/// Claims that steps make about the state in which they run; empty where nobody asked.
struct Claims {
  build::Claim no_foreign_dma;
  build::Claim scan_is_fresh;
  build::Claim busy_cleared_once;
  build::Claim no_use_after_free;
  build::Claim no_sleep_atomic;
};

/// Everything that the paths of one scenario share: one DAX file on one device.
struct World {
  const Setup& setup;
  std::vector<int> pinners;        ///< Processes that take references on pages.
  std::vector<int> dio_submitters; ///< Those of them that do direct I/O on the file.
  bool is_unmapped;                ///< One of them unmaps the file.
  build::SharedLock open_files;    ///< Whoever has a file open keeps the filesystem mounted.
  Inode inode;
  OffsetTable at;
  BlockTable block;
  BusyExtent busy;
  build::Array pinned;         ///< Table: pinner, offset; 0 or 1 + the block.
  build::Place scan_was_clean; ///< Ghost: since the MMAPLOCK was taken, a scan found nothing busy.
  build::Place slept_for_dma;  ///< Ghost: a punch decided to sleep until a page is idle.
  build::Place fault_failed;   ///< Ghost: a fault inside the file failed, though there was space.
  Claims claims;

  [[nodiscard]] const Kernel& kernel() const { return setup.kernel; }
  [[nodiscard]] int offsets() const { return static_cast<int>(setup.layout.offsets.size()); }
  [[nodiscard]] int blocks() const { return setup.layout.blocks(); }
  [[nodiscard]] bool has_path(const std::string& path) const;
  /// Does somebody lock entries without the MMAPLOCK?
  [[nodiscard]] bool locks_entries() const { return has_path("dax_fsync"); }

  /// The row of a process in `pinned`.
  [[nodiscard]] int pinner(int process) const;
  /// The block that a value of extent, entry, pte or pinned names; block 0 if it names none.
  [[nodiscard]] build::Expr block_of(const build::Expr& value) const { return max(value - 1, 0); }
  [[nodiscard]] int idle_count() const { return kernel().dax_idle_at == IdleAt::one ? 1 : 0; }
  [[nodiscard]] build::Expr is_idle(const build::Expr& block_number) const {
    return block.count[block_number] == idle_count();
  }
  /// Is every page of the busy record idle?
  [[nodiscard]] build::Expr record_is_idle() const;

  [[nodiscard]] build::Expr has_free_block() const;
  /// The first free block, where there is one.
  [[nodiscard]] build::Expr free_block() const;

  /// The first block of the busy record; block 0 if there is none.
  [[nodiscard]] build::Expr first_busy() const;

  /// The record leaves the tree and its blocks may be allocated (xfs_extent_busy_clear_one).
  [[nodiscard]] build::Effect erase_record() const;

  /// Waits until `until`, for somebody who has pinned the block.
  [[nodiscard]] build::Alternative wait_for_pins(const build::Alternative& way,
                                                 const build::Expr& until,
                                                 const std::string& what,
                                                 const build::Expr& block_number) const;
  /// Waits until no direct I/O on the file is in flight.
  [[nodiscard]] build::Alternative wait_for_dio(const build::Alternative& way) const;
};

/// Does the process take references on pages? Does it unmap the file meanwhile? Does it free
/// blocks?
[[nodiscard]] bool takes_references(const Cast& process);
[[nodiscard]] bool unmaps_the_file(const Cast& process);
[[nodiscard]] bool frees_blocks(const Cast& process);

/// Declares the variables of a scenario whose processes are all announced to the model.
[[nodiscard]] World
declare_world(build::Model& model, const Setup& setup, const std::vector<Cast>& cast);

} // namespace stalemate::kernel::dax
