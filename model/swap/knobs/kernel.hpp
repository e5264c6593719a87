#pragma once

#include <cstdint>

namespace stalemate::kernel::swap {

/// A release, or one of the kernels that the swap threads talk about, as starting points for the
/// other knobs.
enum class Vintage : std::uint8_t { release, k15, v3s, v3a, up, isr };

/// Who carries a page to the swap area.
enum class SwapIo : std::uint8_t { bio, dio_sync, dio_async, iomap_swap_rw };

/// What the swap area is on; it decides what ->swap_rw does.
enum class SwapOn : std::uint8_t { xfs, block_device, nfs, btrfs };

/// Where the bio_vec of an asynchronous swap write lives.
enum class BvecIn : std::uint8_t { stack, request };

/// Where the completion finds the page.
enum class PageIn : std::uint8_t { union_with_cookie, field_of_its_own };

/// What swapfile_write() does if there is no memory for its kiocb.
enum class NoKiocb : std::uint8_t {
  returns_error,
  unlocks,
  redirties_and_unlocks,
  completes_with_error,
  comes_from_pool,
};

/// What swapfile_read() does if there is no memory for its kiocb.
enum class NoReadKiocb : std::uint8_t { returns, sets_error, drops_page, comes_from_pool };

/// What the callers of swap_writepage() make of -EIOCBQUEUED, and of errors.
enum class QueuedIs : std::uint8_t { error, success };
enum class ResultOf : std::uint8_t { looked_at, ignored };

/// How much a swap write says that it has, and expects to be written, of a page.
enum class Length : std::uint8_t { page_size, base_page };

enum class MemoryFrom : std::uint8_t { kmalloc, mempool };

/// What a direct write passes as its dio_ops: whether ->end_io runs.
enum class DioOps : std::uint8_t { none, xfs };

/// What iomap_begin does about a hole in a swap file.
enum class SwapHole : std::uint8_t { error, transaction };

/// What a swap read makes of an unwritten extent.
enum class UnwrittenRead : std::uint8_t { device, zeroes };

/// How swap I/O looks up where a page lies.
enum class SwapLookup : std::uint8_t { lockless, ilock };

/// What swap I/O does with i_rwsem.
enum class SwapRwsem : std::uint8_t { none, shared, exclusive };

/// Who completes an asynchronous swap write.
enum class CompletedBy : std::uint8_t { interrupt, shared_workqueue, own_workqueue };

/// When reclaim may write to swap from an allocation without __GFP_FS.
enum class NofsSwapOut : std::uint8_t { io_flag, fs_flag_if_fs_ops };

/// When a failed write makes its page dirty again.
enum class Redirty : std::uint8_t { before_end_writeback, after_end_writeback, never };

/// How a fault claims a slot that it reads without the swap cache, if it does read without it.
enum class BypassClaim : std::uint8_t {
  none,
  refault,
  sleep,
  wait_queue,
  dropped_before_pte,
  no_bypass,
};

/// What a fault looks at again once it has the lock of a page from the swap cache.
enum class CacheRecheck : std::uint8_t { none, swap_cache, slot };

/// What a fault does that finds its slot claimed for the swap cache by somebody else. Where the
/// page goes into the cache in one step with the claim, it finds that page instead.
enum class OnEexist : std::uint8_t { looks_again, sleeps, atomic_insert };

/// What unuse_pte() compares before it maps the page that was found for an entry.
enum class UnuseCompares : std::uint8_t { pte, pte_and_slot };

/// What swapoff looks at again once it has the lock of a page from the swap cache.
enum class UnuseRecheck : std::uint8_t { none, slot, stale };

/// What keeps swapoff from freeing the area under a fault.
enum class AreaGuard : std::uint8_t { none, users, rcu };

/// What a write fault does on a page that is mapped, and that nobody else has.
enum class WpReuse : std::uint8_t { gives_up_slot, exclusive };

/// What the shrinker of zswap looks at again once it has a page in the swap cache, and what it does
/// with that page if its entry is not the slot's any more.
enum class ZswapRecheck : std::uint8_t { none, keeps_lock, unlocks };

/// What becomes of an older entry of the slot when a page is stored, or is not taken.
enum class ZswapOldEntry : std::uint8_t { kept_if_refused, dropped_first, dropped };

/// What the shrinker of zswap has, that keeps the tree, when it first touches it.
enum class ZswapShrinkerHolds : std::uint8_t { handle, tree_pointer, page };

/// What a load leaves in zswap.
enum class ZswapLoad : std::uint8_t { keeps_entry, drops_entry };

/// On which areas swap readahead takes a reference besides the fault's own.
enum class ReadaheadArea : std::uint8_t { none, always, other_area };

/// What UFFDIO_MOVE of a swap entry does about a page in the swap cache: nothing; moves its rmap,
/// if there is one; of the page that is locked compares the slot; without one asks the map.
enum class UffdMove : std::uint8_t { absent, ignores_cache, looks_up, compares, compares_and_asks };

/// Where activation on btrfs looks for the place of an extent, and whether it keeps stores away.
enum class BtrfsActivation : std::uint8_t { extent_map, items, items_locked };

/// When a device like RAM frees what it has stored: with the slot, or when it has been read into a
/// page of the swap cache that is the slot's only user.
enum class DeviceCopy : std::uint8_t { kept, freed_on_read };

/// How the one who has dropped the last entry of a slot empties the swap cache: whether he looks
/// at the map again, and whether the page must be the slot's when its lock is had.
enum class ZapReclaim : std::uint8_t { any_slot, same_slot, at_once };

/// What a task that needs two elements of a mempool does with the first.
enum class SecondElement : std::uint8_t { holds_first, submits_first };

/// Which of its checks swapon leaves out.
enum class SwaponSkips : std::uint8_t {
  nothing,
  hole,
  delalloc,
  inline_data,
  shared,
  other_device,
  misaligned,
  sequential_zone,
};

/// When swapon waits for direct I/O that began before: after it looked at the extents, or before.
enum class SwaponDrains : std::uint8_t { after_mapping, before_mapping };

/// What an asynchronous RPC task does without memory for its buffer.
enum class RpcMemory : std::uint8_t { waits, retries };

/// What memory an RPC task may use that has the transport locked.
enum class XprtMemory : std::uint8_t { ordinary, reserve };

/// Whether NFS's swap writes are on disk when the server answers.
enum class NfsWrites : std::uint8_t { unstable, stable };

/// When the thread of NFS's state manager is started.
enum class ManagerThread : std::uint8_t { on_demand, kept };

/// The kernel variant that a scenario selects. The defaults are the newest release's; those of the
/// older kernels and of the proposals are in kernel_of().
struct Kernel {
  Vintage vintage = Vintage::release;
  SwapIo swap_io = SwapIo::bio;
  SwapOn swap_on = SwapOn::xfs;
  BvecIn bvec_in = BvecIn::request;
  PageIn page_in = PageIn::field_of_its_own;
  int kiocb_refs = 1;
  bool polled = false; ///< The block device is polled, and stores its cookie after submission.
  NoKiocb no_kiocb = NoKiocb::comes_from_pool;
  NoReadKiocb no_read_kiocb = NoReadKiocb::comes_from_pool;
  QueuedIs queued_is = QueuedIs::success;
  ResultOf writepage_result = ResultOf::looked_at;
  bool huge_page = false; ///< Pages are larger than PAGE_SIZE.
  Length iov_length = Length::page_size;
  MemoryFrom dio_from = MemoryFrom::kmalloc;
  DioOps dio_ops = DioOps::none;
  SwapHole swap_hole = SwapHole::error;
  bool extends_file = false; ///< Swap writes end beyond i_size, which completion then moves.
  MemoryFrom transaction_from = MemoryFrom::kmalloc;
  UnwrittenRead unwritten_read = UnwrittenRead::device;
  SwapLookup swap_lookup = SwapLookup::lockless;
  SwapRwsem swap_rwsem = SwapRwsem::none;
  bool invalidates_cache = false; ///< Swap writes drop the swap file's own page cache first.
  bool write_checks = false;      ///< NFS refuses swap writes like all writes to a swap file.
  bool stops_at_shutdown = false; ///< Swap I/O fails once the filesystem is shut down.
  CompletedBy completed_by = CompletedBy::interrupt;
  NofsSwapOut nofs_swap_out = NofsSwapOut::fs_flag_if_fs_ops;
  bool fs_ops = false; ///< The area is marked SWP_FS_OPS.
  Redirty redirty = Redirty::before_end_writeback;
  bool clean_inode_only = false; ///< Swap I/O fails while the inode's metadata is dirty.
  BypassClaim bypass_claim = BypassClaim::no_bypass;
  CacheRecheck cache_recheck = CacheRecheck::slot;
  OnEexist on_eexist = OnEexist::atomic_insert;
  UnuseRecheck unuse_recheck = UnuseRecheck::stale;
  UnuseCompares unuse_compares = UnuseCompares::pte_and_slot;
  bool slot_outlives_writeback = true; ///< No slot is freed while its page is being written.
  bool completes_queued = false;       ///< The submitter completes what was queued as well.
  AreaGuard area_guard = AreaGuard::users;
  WpReuse wp_reuse = WpReuse::gives_up_slot;
  ZswapRecheck zswap_recheck = ZswapRecheck::unlocks;
  ZswapOldEntry zswap_old_entry = ZswapOldEntry::dropped;
  ZswapShrinkerHolds zswap_shrinker_holds = ZswapShrinkerHolds::page;
  ZswapLoad zswap_load = ZswapLoad::drops_entry;
  bool zswap_fakes_writeback = false; ///< Of a page that is stored.
  ReadaheadArea readahead_area = ReadaheadArea::other_area;
  UffdMove uffd_move = UffdMove::compares_and_asks;
  bool zap_keeps_area = true; ///< Who drops a swap entry has a reference on the area.
  ZapReclaim zap_reclaim = ZapReclaim::at_once;
  SecondElement second_element = SecondElement::submits_first;
  SwaponSkips swapon_skips = SwaponSkips::nothing;
  SwaponDrains swapon_drains = SwaponDrains::after_mapping;
  BtrfsActivation btrfs_activation = BtrfsActivation::items_locked;
  bool logical_is_device = false; ///< Direct I/O on btrfs takes logical addresses for the device's.
  RpcMemory rpc_buffer = RpcMemory::retries;
  XprtMemory xprt_memory = XprtMemory::reserve;
  NfsWrites nfs_swap_writes = NfsWrites::stable;
  ManagerThread state_manager = ManagerThread::kept;
  bool synchronous_device = false; ///< SWP_SYNCHRONOUS_IO: reads are done by whoever asks.
  DeviceCopy device_copy = DeviceCopy::kept;
  bool unuse_looks_at_uptodate = true;
};

/// Do faults read from a synchronous device without the swap cache?
[[nodiscard]] constexpr bool bypasses_cache(const Kernel& kernel) {
  return kernel.synchronous_device && kernel.bypass_claim != BypassClaim::no_bypass;
}

/// Is it direct I/O that carries pages?
[[nodiscard]] constexpr bool is_dio(const Kernel& kernel) {
  return kernel.swap_io == SwapIo::dio_sync || kernel.swap_io == SwapIo::dio_async;
}

/// Does a write ask for less than its page? A bio carries the page that it is given.
[[nodiscard]] constexpr bool writes_too_little(const Kernel& kernel) {
  return is_dio(kernel) && kernel.huge_page && kernel.iov_length == Length::base_page;
}

/// Is ->swap_rw() iomap_dio_rw() there?
[[nodiscard]] constexpr bool uses_iomap(const Kernel& kernel) {
  return kernel.swap_on == SwapOn::xfs || kernel.swap_on == SwapOn::btrfs;
}

} // namespace stalemate::kernel::swap
