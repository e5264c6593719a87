// A store through a mapping of the file that swapon is about to look at, and the writeback of its
// page: btrfs_page_mkwrite(), run_delalloc_nocow(), btrfs_finish_ordered_io(), fs/btrfs/inode.c,
// v6.1 to v6.18.
//
// Keeps:   i_mmap_lock and the extent lock of the fault; the extent lock, under which writeback
//          decides where it writes, and not longer; that a copy of a shared extent is in the extent
//          map from then on, and takes the place of the file's extent item when the ordered extent
//          is over, even if nobody shares the old one any more.
// Drops:   the data, for which swapon waits before it opens the area; the page lock, reservations.
// Atomic:  the store with its fault.
// Sources: btrfs_swap_activate() of v6.12; S21.

#include "model/swap/paths/btrfs_store.hpp"

#include "model/swap/objects/world.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

void record_store(Path& p, const World& w, const Options& /*options*/) {
  const FilePage& page = *w.btrfs.stored;
  const Place extent = w.file.backing[0];
  {
    const auto fn = p.function("btrfs_page_mkwrite", "fs/btrfs/inode.c");
    const Expr is_free = page.mmap_lock.is_free() && page.extent_lock.is_free();
    p.step("store to the page, under i_mmap_lock and the extent lock",
           always()
               .wait(is_free, "i_mmap_lock and the extent lock", w.holder("swapon"))
               .then(page.dirty = true));
  }
  const Expr is_free = page.extent_lock.is_free();
  const auto locked = [&](const Expr& condition) {
    return when(condition).wait(is_free, "the extent lock", page.extent_lock.holder);
  };
  {
    const auto fn = p.function("run_delalloc_nocow", "fs/btrfs/inode.c");
    const auto begin = together(page.dirty = false, page.is_ordered = true);
    p.step("begin to write it back, under the extent lock",
           locked(extent == Backing::shared)
               .note("shared: to a copy")
               .then(begin, page.has_copy = true),
           locked(extent != Backing::shared).note("the file's own: in place").then(begin));
  }
  const auto fn = p.function("btrfs_finish_ordered_io", "fs/btrfs/inode.c");
  p.step("the data is on the disk: the ordered extent is over",
         locked(page.has_copy)
             .note("the copy takes the place of the extent, which is freed")
             .then(extent = Expr(Backing::written),
                   w.area.moved[0] = !page.is_remembered,
                   page.has_copy = false,
                   page.is_ordered = false),
         when(!page.has_copy).note("nothing to change").then(page.is_ordered = false));
}

} // namespace

SwapPath btrfs_store() {
  return {{.name = "btrfs_store",
           .process = "store",
           .function = "btrfs_page_mkwrite",
           .text = "a store through a mapping of the file that swapon looks at, written back",
           .source = "btrfs_swap_activate; S21"},
          record_store};
}

} // namespace stalemate::kernel::swap
