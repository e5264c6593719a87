#pragma once

#include "checker/builder/declare.hpp"
#include "model/swap/layout/setup.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::kernel::swap {

/// How far the I/O of a page has come, as the device sees it. A page has at most one I/O in flight:
/// a write is covered by its writeback flag, a read by its lock.
enum class BioStage : std::uint8_t { none, queued, started, done };

/// Whether the page's pointer in the kiocb is still the page's.
enum class Pointer : std::uint8_t { none, page, cookie };

/// Page frames for anonymous memory, and the I/O of each: struct page, bio, kiocb, iomap_dio.
struct FrameTable {
  build::Array used, lock, uptodate, dirty, writeback, reclaim, in_cache, slot, refs, data,
      writable, isolated;
  build::Array stage, is_write, failed, bvec, kiocb, pointer, dio, io_done, submitter;
  int frames;
  int processes;

  struct Row {
    build::Place used;      ///< Allocated.
    build::Lock lock;       ///< PG_locked; the holder handed it over to the I/O of a read.
    build::Place uptodate;  ///< PG_uptodate
    build::Place dirty;     ///< PG_dirty, and the dirty bits of its page table entries.
    build::Place writeback; ///< PG_writeback
    build::Place reclaim;   ///< PG_reclaim
    build::Place in_cache;  ///< PG_swapcache
    build::Place slot;      ///< page->private: its slot, if in_cache.
    build::Place refs;      ///< References besides those of the cache and of page tables.
    build::Place data;
    build::Place writable;  ///< Of its page table entries, if one address space maps it.
    build::Place isolated;  ///< Off the LRU, in the hands of a task in reclaim.
    build::Place stage;     ///< Of its bio: BioStage.
    build::Place is_write;  ///< Direction of its bio.
    build::Place failed;    ///< bi_status of its bio, or the error of its dio.
    build::Place bvec;      ///< The bio_vec that its bio points at is still one.
    build::Place kiocb;     ///< References on its kiocb; 0: there is none.
    build::Place pointer;   ///< ki_swap_page: Pointer.
    build::Place dio;       ///< dio->ref
    build::Place io_done;   ///< dio->wait_for_completion was satisfied.
    build::Place submitter; ///< 0: the device; or 1 + the process that must finish the I/O.
  };
  [[nodiscard]] Row operator[](const build::Expr& frame) const;
  /// Nothing is left of the page's last I/O: the last reference on its kiocb may be put late.
  [[nodiscard]] build::Expr rests(int frame) const {
    return stage[frame] == BioStage::none && kiocb[frame] == 0 && !bvec[frame];
  }
};

[[nodiscard]] FrameTable declare_frames(build::Model& model,
                                        const Setup& setup,
                                        const std::vector<std::string>& contents,
                                        const std::vector<std::string>& processes);

} // namespace stalemate::kernel::swap
