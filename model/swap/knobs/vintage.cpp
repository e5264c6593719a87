#include "model/swap/knobs/vintage.hpp"

namespace stalemate::kernel::swap {

namespace {

/// v5.15's, with the fixes that came later where a scenario is about something else. What there is
/// of ->swap_rw() is as "mm: Use DIO for swap", version 3, has it: the kernel itself only has bios.
Kernel v5_15() {
  Kernel kernel;
  kernel.bvec_in = BvecIn::stack;
  kernel.page_in = PageIn::union_with_cookie;
  kernel.kiocb_refs = 2;
  kernel.no_kiocb = NoKiocb::returns_error;
  kernel.no_read_kiocb = NoReadKiocb::returns;
  kernel.queued_is = QueuedIs::error;
  kernel.iov_length = Length::base_page;
  kernel.nofs_swap_out = NofsSwapOut::io_flag;
  kernel.bypass_claim = BypassClaim::sleep;
  kernel.on_eexist = OnEexist::sleeps;
  kernel.unuse_compares = UnuseCompares::pte;
  kernel.zswap_old_entry = ZswapOldEntry::dropped_first;
  kernel.zswap_shrinker_holds = ZswapShrinkerHolds::handle;
  kernel.zswap_load = ZswapLoad::keeps_entry;
  kernel.zswap_fakes_writeback = true;
  kernel.readahead_area = ReadaheadArea::always;
  kernel.uffd_move = UffdMove::absent;
  kernel.btrfs_activation = BtrfsActivation::extent_map;
  kernel.zap_reclaim = ZapReclaim::any_slot;
  return kernel;
}

/// What both halves of "mm: Use DIO for swap", version 3, have in common: swap I/O is iomap's
/// direct I/O with the mapping callbacks of ordinary direct I/O and without dio_ops.
Kernel series_v3() {
  Kernel kernel = v5_15();
  kernel.unwritten_read = UnwrittenRead::zeroes;
  kernel.swap_lookup = SwapLookup::ilock;
  kernel.swap_hole = SwapHole::transaction;
  kernel.invalidates_cache = true;
  kernel.stops_at_shutdown = true;
  kernel.logical_is_device = true;
  kernel.rpc_buffer = RpcMemory::waits;
  kernel.xprt_memory = XprtMemory::ordinary;
  kernel.nfs_swap_writes = NfsWrites::unstable;
  kernel.state_manager = ManagerThread::on_demand;
  return kernel;
}

} // namespace

Kernel kernel_of(Vintage vintage, const Kernel& release) {
  Kernel kernel = vintage == Vintage::release ? release : v5_15();
  switch (vintage) {
  case Vintage::release:
  case Vintage::k15:
    break;
  case Vintage::v3s:
    kernel = series_v3();
    kernel.swap_io = SwapIo::dio_sync;
    break;
  case Vintage::v3a:
    kernel = series_v3();
    kernel.swap_io = SwapIo::dio_async;
    kernel.completed_by = CompletedBy::shared_workqueue;
    break;
  case Vintage::up:
    kernel.swap_io = SwapIo::dio_async;
    kernel.swap_on = SwapOn::nfs;
    kernel.no_kiocb = NoKiocb::comes_from_pool;
    kernel.no_read_kiocb = NoReadKiocb::comes_from_pool;
    kernel.queued_is = QueuedIs::success;
    kernel.dio_from = MemoryFrom::mempool;
    kernel.kiocb_refs = 1;
    kernel.bvec_in = BvecIn::request;
    kernel.page_in = PageIn::field_of_its_own;
    kernel.nofs_swap_out = NofsSwapOut::fs_flag_if_fs_ops;
    kernel.fs_ops = true;
    kernel.iov_length = Length::page_size;
    break;
  case Vintage::isr:
    kernel.swap_io = SwapIo::iomap_swap_rw;
    kernel.iov_length = Length::page_size;
    break;
  }
  kernel.vintage = vintage;
  return kernel;
}

KnobOf<Kernel> vintage_knob() {
  auto knob = words(&Kernel::vintage,
                    "vintage",
                    "the kernel that the other knobs start from; all but release stand beside the "
                    "releases, so that version is not set with them",
                    "swap-dio thread; atlas direct-and-swap K15",
                    {{"release", "that of version"},
                     {"K15", "v5.15: swap files are written with raw bios"},
                     {"V3s", "\"mm: Use DIO for swap\", version 3, as posted: synchronous"},
                     {"V3a", "the same with its asynchronous half"},
                     {"UP", "v5.18 and later, on NFS: asynchronous, from a pool"},
                     {"ISR", "iomap_swap_rw() as the thread proposes it"}});
  knob.is_beside_versions = true;
  knob.set = [](Kernel& kernel, int value) {
    kernel = kernel_of(static_cast<Vintage>(value), kernel);
  };
  return knob;
}

} // namespace stalemate::kernel::swap
