// An asynchronous direct write to the file that swapon is about to look at, and the end of the
// clone that the file shares its blocks with: xfs_file_dio_write(), xfs_dio_write_end_io(),
// xfs_reflink_end_cow(), xfs_inactive(), fs/xfs, v5.15.
//
// Keeps:   i_rwsem until the bio is submitted and not longer; i_dio_count until the completion has
//          changed the extents; that a copy on write takes the place of the block when it ends,
//          even if nobody shares the block any more.
// Drops:   the data; transactions, which fail for nobody here.
// Atomic:  the remapping, and the removal of the clone's extents: each is under the ILOCK.
// Sources: atlas direct-and-swap 1.1, 1.4 M5, 1.8 X4 X5, S9.

#include "model/swap/paths/cow_under_swapon.hpp"

#include "model/swap/objects/world.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

void record_aio_cow(Path& p, const World& w, const Options& /*options*/) {
  const FairLock& rwsem = w.file.i_rwsem;
  const Place extent = w.file.backing[0];
  const Place copies = p.local_flag("copies");
  const Label out = p.forward();
  {
    const auto fn = p.function("xfs_file_dio_write", "fs/xfs/xfs_file.c");
    p.step("take i_rwsem shared", rwsem.take_shared(p));
    p.step("is the file a swap file?",
           when(w.file.is_swapfile).note("-ETXTBSY: yes").go(out),
           when(!w.file.is_swapfile).note("no"));
    p.step("map the block, count the I/O, submit it",
           when(extent == Backing::shared)
               .note("shared: the write goes to a copy")
               .then(copies = true, w.file.dio_count = true),
           when(extent != Backing::shared)
               .note("the file's own: the write goes there")
               .then(w.file.dio_count = true));
    p.step("drop i_rwsem, return -EIOCBQUEUED", then(release_shared(rwsem.lock)));
  }
  {
    const auto fn = p.function("xfs_dio_write_end_io", "fs/xfs/xfs_file.c");
    p.step("the data is on disk: change the extents",
           when(copies)
               .note("xfs_reflink_end_cow: the copy takes the place of the block, which is freed")
               .then(extent = Expr(Backing::written), w.area.moved[0] = true),
           when(!copies && extent == Backing::unwritten)
               .note("convert the extent")
               .then(extent = Expr(Backing::written)),
           otherwise().note("nothing to change"));
  }
  const auto fn = p.function("iomap_dio_complete", "fs/iomap/direct-io.c");
  p.step("inode_dio_end", then(w.file.dio_count = false).end());
  p.label(out);
  p.step("drop i_rwsem", then(release_shared(rwsem.lock)));
}

void record_unlink(Path& p, const World& w, const Options& /*options*/) {
  const bool is_btrfs = w.kernel().swap_on == SwapOn::btrfs;
  const auto fn = is_btrfs ? p.function("btrfs_evict_inode", "fs/btrfs/inode.c")
                           : p.function("xfs_inactive", "fs/xfs/xfs_inode.c");
  const Place extent = w.file.backing[0];
  p.step("free the clone's extents: who shared them has them alone",
         when(extent == Backing::shared).then(extent = Expr(Backing::written)),
         when(extent != Backing::shared).note("they were not shared any more"));
}

} // namespace

SwapPath aio_cow() {
  return {{.name = "aio_cow",
           .process = "aio",
           .function = "xfs_file_dio_write",
           .text = "an asynchronous direct write to the file before it is a swap file",
           .source = "atlas direct-and-swap 1.8 X4, S9"},
          record_aio_cow};
}

SwapPath unlink_clone() {
  return {{.name = "unlink_clone",
           .process = "unlink",
           .function = "xfs_inactive",
           .text = "removes the clone that the file shares its blocks with",
           .source = "atlas direct-and-swap S9"},
          record_unlink};
}

} // namespace stalemate::kernel::swap
