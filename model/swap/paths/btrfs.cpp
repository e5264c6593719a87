// btrfs_swap_activate() and btrfs_dio_iomap_begin(), fs/btrfs/inode.c, and what moves or shares the
// extents of a file: relocation, snapshots; v5.15 to v6.6, in this order.
//
// Keeps:   the count of swap files, which forbids snapshots; the lock of snapshots; the look
//          whether an extent is the file's alone; the pin of the block group, in one with its test
//          for a read-only group; the exclusive operation of balance.
// Drops:   ordered extents and space reservations of direct I/O; compression, checksums and
//          profiles, which activation refuses; the lock of the extents, which a relocation that
//          does not get it passes by; several devices. Scrub, which makes a group read-only too,
//          but moves nothing that raw bios go to. That v6.12 asks the extent items whether an
//          extent is shared, where v6.6 calls can_nocow_extent(). The flush, i_mmap_lock and the
//          extent lock where nobody stores.
// Atomic:  the move of an extent, a transaction; the snapshot likewise.
// Sources: atlas direct-and-swap 6.4, S8, S10; dd0734f2a866, 195a49eaf655.

#include "model/swap/paths/btrfs.hpp"

#include "model/swap/objects/world.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

Effect set_moved(const World& w, bool has_moved) {
  return for_each(w.slots(), [&](int k) { return w.area.moved[k] = has_moved; });
}

void pin_group(Path& p, const World& w, Label undo) {
  const auto fn = p.function("btrfs_inc_block_group_swap_extents", "fs/btrfs/block-group.c");
  const Btrfs& fs = w.btrfs;
  p.step("pin the block group, unless it is read-only",
         when(!fs.is_read_only).then(fs.is_pinned = true),
         when(fs.is_read_only).note("refuse: it is").go(undo));
}

void record_relocate(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("btrfs_relocate_block_group", "fs/btrfs/relocation.c");
  const Btrfs& fs = w.btrfs;
  const bool has_token = options.at("token") != 0;
  const Label out = p.forward();
  if (has_token)
    p.step("btrfs_exclop_start: begin an exclusive operation",
           when(fs.exclusive.is_free()).take(fs.exclusive),
           when(!fs.exclusive.is_free()).note("-EBUSY: another one is under way").end());
  p.step("make the block group read-only, unless it is pinned",
         when(!fs.is_pinned).then(fs.is_read_only = true),
         when(fs.is_pinned).note("-ETXTBSY: it has a swap file").go(out));
  p.step("copy its extents to another group, point the file there, free the old blocks",
         then(set_moved(w, true), fs.is_read_only = false));
  p.label(out);
  if (has_token)
    p.step("btrfs_exclop_finish", then(release(fs.exclusive)));
  else
    p.step("return", always());
}

void record_snapshot(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("create_snapshot", "fs/btrfs/ioctl.c");
  const Btrfs& fs = w.btrfs;
  const Label out = p.forward();
  p.step("take the lock of snapshots", take(fs.snapshot_lock));
  p.step("is there an active swap file? (nr_swapfiles)",
         when(fs.swapfiles).note("-ETXTBSY: yes").go(out),
         when(!fs.swapfiles).note("no"));
  p.step("create the snapshot: it shares every extent", then(for_each(w.slots(), [&](int k) {
           return w.file.backing[k] = Expr(Backing::shared);
         })));
  p.label(out);
  p.step("drop the lock of snapshots", then(release(fs.snapshot_lock)));
}

} // namespace

void btrfs_swap_activate(Path& p, const World& w, Label refused) {
  const auto fn = p.function("btrfs_swap_activate", "fs/btrfs/inode.c");
  const Btrfs& fs = w.btrfs;
  const Label undo = p.forward();
  const Label out = p.forward();
  const BtrfsActivation how = w.kernel().btrfs_activation;
  const bool locks_mmap = fs.stored && how == BtrfsActivation::items_locked;
  const Effect unlock = locks_mmap ? release(fs.stored->mmap_lock) : Effect();
  if (locks_mmap) p.step("take i_mmap_lock", take(fs.stored->mmap_lock));
  if (fs.stored)
    p.step("btrfs_wait_ordered_range: wait until what was stored is on the disk",
           always().wait(!fs.stored->dirty && !fs.stored->is_ordered,
                         "writeback of the file",
                         w.holder("btrfs_store")));
  p.step("btrfs_exclop_start: activation is an exclusive operation",
         when(fs.exclusive.is_free()).take(fs.exclusive),
         when(!fs.exclusive.is_free())
             .note("-EBUSY: another one is under way")
             .then(unlock)
             .go(refused));
  p.step("try the lock of snapshots",
         when(fs.snapshot_lock.is_free()).take(fs.snapshot_lock),
         when(!fs.snapshot_lock.is_free())
             .note("-EINVAL: a snapshot is being created")
             .then(release(fs.exclusive), unlock)
             .go(refused));
  p.step("count the swap file (nr_swapfiles)", then(fs.swapfiles = true));
  if (fs.stored) p.step("lock_extent: all of the file", take(fs.stored->extent_lock));
  const Expr is_fine = for_all(w.slots(), [&](int k) { return is_usable(w, k); });
  p.step("can_nocow_extent: are the extents the file's alone?",
         when(is_fine).note("yes"),
         when(!is_fine).note("refuse: no").go(undo));
  const Effect remember = set_moved(w, false);
  const bool finds_copy = fs.stored && how == BtrfsActivation::extent_map;
  p.step(
      "remember where the extents lie on the device",
      then(finds_copy ? remember.then(fs.stored->is_remembered = fs.stored->has_copy) : remember));
  pin_group(p, w, undo);
  if (fs.stored) p.step("unlock_extent", then(release(fs.stored->extent_lock)));
  const Effect leave = together(release(fs.exclusive), release(fs.snapshot_lock), unlock);
  p.step("btrfs_exclop_finish: the file is active", then(leave).go(out));
  p.label(undo);
  if (fs.stored) p.step("unlock_extent, to undo", then(release(fs.stored->extent_lock)));
  p.step("undo", then(fs.swapfiles = false, leave).go(refused));
  p.label(out);
}

bool takes_logical_for_device(const World& w) {
  const Kernel& kernel = w.kernel();
  return kernel.swap_on == SwapOn::btrfs && is_dio(kernel) && kernel.logical_is_device;
}

void btrfs_map_swap(Path& p, const World& w) {
  const auto fn = p.function("btrfs_dio_iomap_begin", "fs/btrfs/inode.c");
  p.step(takes_logical_for_device(w) ? "look up the extent: the logical address is the mapping"
                                     : "look up the extent",
         always());
  if (!takes_logical_for_device(w)) p.step("map the logical address by the chunk tree", always());
}

SwapPath btrfs_relocate() {
  return {{.name = "btrfs_relocate",
           .process = "relocate",
           .function = "btrfs_relocate_block_group",
           .text = "moves the extents of the swap file's block group elsewhere",
           .source = "atlas direct-and-swap 6.4, S10",
           .options = {{"token", "1: as an exclusive operation, like balance", 0, 1, 1}}},
          record_relocate};
}

SwapPath btrfs_snapshot() {
  return {{.name = "btrfs_snapshot",
           .process = "snapshot",
           .function = "create_snapshot",
           .text = "takes a snapshot of the swap file's subvolume",
           .source = "atlas direct-and-swap 6.4, S10"},
          record_snapshot};
}

} // namespace stalemate::kernel::swap
