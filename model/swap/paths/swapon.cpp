// swapon(2), mm/swapfile.c, and iomap_swapfile_activate(), fs/iomap/swapfile.c, v5.15.
//
// Keeps:   i_rwsem; the look at every extent and what it refuses; that where the extents lie is
//          remembered then; S_SWAPFILE, and that direct I/O begun before is waited for.
// Drops:   the header of the swap file, its page cache, discard; zoned block devices.
// Atomic:  the look at all extents: each is looked at under the ILOCK, and a swap file of these
//          scenarios has two at most, of which one changes.
// Sources: atlas direct-and-swap 6.1 (N1-N9), N5, S9.

#include "model/swap/paths/swapon.hpp"

#include "model/swap/objects/world.hpp"
#include "model/swap/paths/btrfs.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

void iomap_swapfile_activate(Path& p, const World& w, Label refused) {
  const auto fn = p.function("iomap_swapfile_activate", "fs/iomap/swapfile.c");
  // Of the words that knob and layout share, the knob's has one less before it.
  const int skipped = static_cast<int>(w.kernel().swapon_skips) + 1;
  const bool skips = w.kernel().swapon_skips != SwaponSkips::nothing;
  const Expr is_fine = for_all(w.slots(), [&](int k) {
    return is_usable(w, k) || (skips ? w.file.backing[k] == skipped : Expr(false));
  });
  p.step("look at every extent of the file",
         when(is_fine).note("accept").then(
             for_each(w.slots(), [&](int k) { return w.area.moved[k] = false; })),
         when(!is_fine).note("refuse: -EINVAL").go(refused));
}

/// inode_drain_writes()
void drain(Path& p, const World& w) {
  p.step("set S_SWAPFILE: no write begins any more", then(w.file.is_swapfile = true));
  p.step("inode_dio_wait: wait for direct I/O that began before",
         always().wait(!w.file.dio_count, "direct I/O on the file", w.holder("aio_cow")));
}

void record_on(Path& p, const World& w, const Options& /*options*/) {
  const FairLock& rwsem = w.file.i_rwsem;
  const auto fn = p.function("swapon", "mm/swapfile.c");
  const Label refused = p.forward();
  const bool drains = w.has_path("aio_cow");
  const bool is_first = w.kernel().swapon_drains == SwaponDrains::before_mapping;
  p.step("queue for i_rwsem", rwsem.queue(p));
  p.step("take i_rwsem", rwsem.take());
  if (drains && is_first) drain(p, w);
  if (w.kernel().swap_on == SwapOn::btrfs)
    btrfs_swap_activate(p, w, refused);
  else
    iomap_swapfile_activate(p, w, refused);
  if (drains && !is_first) drain(p, w);
  if (w.btrfs.stored)
    p.step("filemap_write_and_wait: wait until what was stored is on the disk",
           always().wait(!w.btrfs.stored->dirty && !w.btrfs.stored->is_ordered,
                         "writeback of the file",
                         w.holder("btrfs_store")));
  p.step(drains ? "set SWP_WRITEOK" : "set S_SWAPFILE and SWP_WRITEOK",
         always()
             .check(w.claims.usable,
                    for_all(w.slots(), [&](int k) { return is_usable(w, k); }),
                    "a page of the open area has no block of its own, on this device, that takes "
                    "overwrites")
             .then(w.area.closed = false));
  p.label(refused);
  p.step("drop i_rwsem", then(release(rwsem.lock)));
}

} // namespace

SwapPath swapon() {
  return {{.name = "swapon",
           .process = "swapon",
           .function = "swapon",
           .text = "looks whether a file can be swapped to, and opens the area",
           .source = "atlas direct-and-swap 6.1",
           .is_daemon = true},
          record_on};
}

} // namespace stalemate::kernel::swap
