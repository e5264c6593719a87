// xfs_log_quiesce(), fs/xfs/xfs_log.c; xfs_extent_busy_wait_all(), fs/xfs/xfs_extent_busy.c.
//
// Keeps:   no new writes, then the wait until the tree of busy extents is empty, then their thaw.
// Drops:   the rest of freeze and unmount.
// Atomic:  nothing that could be seen apart.
// Sources: path atlas A-R19.

#include "model/dax/paths/xfs_extent_busy_wait_all.hpp"

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"

namespace stalemate::kernel::dax {

using namespace build;

namespace {

void record_unmount(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xfs_log_quiesce", "fs/xfs/xfs_log.c");
  p.step("keep new writes out", take(w.sb_writers));
  {
    const auto wait = p.function("xfs_extent_busy_wait_all", "fs/xfs/xfs_extent_busy.c");
    p.step("wait until nothing is busy",
           w.wait_for_pins(always(), !w.busy.in_tree, "the busy extent to clear", w.first_busy()));
  }
  p.step("let writes in again", then(release(w.sb_writers)));
}

} // namespace

DaxPath unmount() {
  return {{.name = "dax_unmount",
           .process = "unmount",
           .function = "xfs_log_quiesce",
           .text = "freeze of the filesystem, which waits for busy extents",
           .source = "path atlas A-R19",
           .options = {}},
          record_unmount};
}

} // namespace stalemate::kernel::dax
