// xfs_inode_free_eofblocks(), fs/xfs/xfs_icache.c; xfs_free_eofblocks(), fs/xfs/xfs_bmap_util.c.
//
// Keeps:   the look for dirty data before anything is locked, i_rwsem, which is only tried; the
// look
//          for something behind the end, the wait for direct I/O; that blocks go and the page cache
//          stays.
// Drops:   the close of the file, which does the same; files that are preallocated or append-only.
// Atomic:  what lies behind the end goes under one hold of the ILOCK, though in several
// transactions. Sources: v6.1, v6.18.

#include "model/iomap/paths/xfs_free_eofblocks.hpp"

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

Expr is_behind(const World& w, int b) {
  return w.is_beyond_size(b * w.geometry.segments_per_block) && !w.extent.is_hole(b);
}

Effect free_behind_end(const World& w) {
  return for_each(w.geometry.blocks,
                  [&](int b) {
                    const Expr goes = is_behind(w, b);
                    return together(w.disk.free(goes && w.extent.has_place(b) && !w.shared[b],
                                                w.extent.place_of(b)),
                                    w.shared[b] = w.shared[b] && !goes,
                                    w.extent.remove(b, goes));
                  })
      .then(w.inode.bump_seq());
}

} // namespace

void xfs_free_eofblocks(Path& p, const World& w) {
  const auto fn = p.function("xfs_free_eofblocks", "fs/xfs/xfs_bmap_util.c");
  p.step("is there anything behind the end?",
         when(exists(w.geometry.blocks, [&](int b) { return is_behind(w, b); })).note("yes"),
         otherwise().note("no").ret());
  inode_dio_wait(p, w);
  p.step("free what lies behind the end", then(free_behind_end(w)));
}

namespace {

void record_free_eofblocks(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xfs_inode_free_eofblocks", "fs/xfs/xfs_icache.c");
  const auto& i_rwsem = w.inode.i_rwsem;
  Expr is_dirty = false;
  for (int f = 0; f < w.geometry.folios(); ++f)
    is_dirty = is_dirty || w.folio[f].dirty;
  p.step("is anything dirty?", when(is_dirty).note("come back later").end(), otherwise());
  p.step("try i_rwsem",
         when(i_rwsem.is_free()).take(i_rwsem),
         otherwise().note("busy: come back later").end());
  xfs_free_eofblocks(p, w);
  p.step("drop i_rwsem", then(release(i_rwsem)).end());
}

} // namespace

IomapPath free_eofblocks() {
  return {{.name = "free_eofblocks",
           .process = "trimmer",
           .function = "xfs_inode_free_eofblocks",
           .text = "gives back what is preallocated behind the end of the file, once",
           .source = "xfs_inode_free_eofblocks, v6.1 to v6.18",
           .options = {},
           .is_daemon = true},
          record_free_eofblocks};
}

} // namespace stalemate::kernel::iomap
