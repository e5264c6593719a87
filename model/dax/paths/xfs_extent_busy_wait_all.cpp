// xfs_unmountfs(), fs/xfs/xfs_mount.c, v4.12 and later; xfs_extent_busy_wait_all(),
// fs/xfs/xfs_extent_busy.c.
//
// Keeps:   that an unmount begins when no file is open any more, and waits until the tree of busy
//          extents is empty.
// Drops:   the log force before it (the checkpoint comes by itself) and the rest of unmount. Pins
//          outlive the mapping that they were taken through; that the mapping itself keeps the file
//          open is not modelled, so that a fault may come late.
// Atomic:  nothing that could be seen apart.
// Sources: atlas dax A-R19.

#include "model/dax/paths/xfs_extent_busy_wait_all.hpp"

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"

namespace stalemate::kernel::dax {

using namespace build;

namespace {

void record_unmount(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xfs_unmountfs", "fs/xfs/xfs_mount.c");
  p.step("wait until no file is open", take(w.open_files));
  {
    const auto wait = p.function("xfs_extent_busy_wait_all", "fs/xfs/xfs_extent_busy.c");
    p.step("wait until nothing is busy",
           w.wait_for_pins(always(), !w.busy.in_tree, "the busy extent to clear", w.first_busy()));
  }
  p.step("go on with the unmount", then(release(w.open_files)));
}

} // namespace

DaxPath unmount() {
  return {{.name = "dax_unmount",
           .process = "unmount",
           .function = "xfs_unmountfs",
           .text = "unmount, which waits for busy extents",
           .source = "atlas dax A-R19",
           .options = {}},
          record_unmount};
}

} // namespace stalemate::kernel::dax
