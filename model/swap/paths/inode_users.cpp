// What users may still do to an active swap file (atlas direct-and-swap 6.3):
// xfs_setattr_nonsize(), xfs_file_buffered_read(), page_cache_ra_unbounded(), v5.15.
//
// Keeps:   i_rwsem, the ILOCK and log space in their order; the allocations under them, and that
//          they are GFP_NOFS; that readahead has locked pages of the file while it allocates more.
// Drops:   the invalidate lock (nobody here takes it alone), the data that is read.
// Atomic:  a read of the file but for its locks and its allocation.
// Sources: atlas direct-and-swap 3 (BR1-BR5), 6.3, 7, DL2-DL5.

#include "model/swap/paths/inode_users.hpp"

#include "model/swap/paths/xfs_trans.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

void record_chmod(Path& p, const World& w, const Options& options) {
  const Reclaimer task = declare_reclaimer(p, w);
  const FairLock& rwsem = w.file.i_rwsem;
  const bool locks = options.at("i_rwsem") != 0;
  const auto fn = p.function("xfs_setattr_nonsize", "fs/xfs/xfs_iops.c");
  if (locks) {
    p.step("queue for i_rwsem", rwsem.queue(p));
    p.step("take i_rwsem", rwsem.take());
  }
  Transaction change;
  change.gfp = Gfp::kernel;
  change.phrase = "change the mode";
  change.reclaimer = &task;
  change.needs_memory = true;
  xfs_trans(p, w, change);
  if (locks) p.step("drop i_rwsem", then(release(rwsem.lock)));
}

void record_read(Path& p, const World& w, const Options& /*options*/) {
  const Reclaimer task = declare_reclaimer(p, w);
  const FairLock& rwsem = w.file.i_rwsem;
  const auto fn = p.function("xfs_file_buffered_read", "fs/xfs/xfs_file.c");
  p.step("take i_rwsem shared", rwsem.take_shared(p));
  allocate(p, w, "allocate a page for the page cache, GFP_NOFS", Gfp::nofs, &task);
  p.step("copy the data, drop i_rwsem", then(free_memory(w), release_shared(rwsem.lock)));
}

void record_readahead(Path& p, const World& w, const Options& /*options*/) {
  const Reclaimer task = declare_reclaimer(p, w);
  const auto fn = p.function("page_cache_ra_unbounded", "mm/readahead.c");
  p.step("add a locked page of the swap file to the page cache",
         take(w.file.cached_page).then(w.file.is_cached = true));
  allocate(p, w, "allocate the next page of the batch, GFP_NOFS", Gfp::nofs, &task);
  p.step("read both, unlock them", then(free_memory(w), release(w.file.cached_page)));
}

} // namespace

SwapPath chmod_swap_file() {
  return {
      {.name = "chmod",
       .process = "chmod",
       .function = "xfs_setattr_nonsize",
       .text = "changes the mode of the swap file: a transaction that holds the ILOCK",
       .source = "atlas direct-and-swap 6.3, 7",
       .options = {{"i_rwsem", "1: takes i_rwsem, as chmod does; 0: a timestamp update", 0, 1, 1}}},
      record_chmod};
}

SwapPath read_file() {
  return {{.name = "read_file",
           .process = "reader",
           .function = "xfs_file_buffered_read",
           .text = "reads the swap file through the page cache, with i_rwsem held",
           .source = "atlas direct-and-swap 3, 6.3, DL4"},
          record_read};
}

SwapPath readahead() {
  return {{.name = "readahead",
           .process = "readahead",
           .function = "page_cache_ra_unbounded",
           .text = "reads the swap file ahead: allocates with pages of it locked",
           .source = "atlas direct-and-swap 3 BR3, DL5"},
          record_readahead};
}

} // namespace stalemate::kernel::swap
