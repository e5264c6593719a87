// xfs_alloc_vextent(), fs/xfs/libxfs/xfs_alloc.c, for another file: the environment.
//
// Keeps:   that a block which is free and not busy can be taken by anyone at any time.
// Drops:   everything else about the other file.
// Atomic:  an allocation is one section under the AGF and the eb_lock.
// Sources: atlas dax AL1, A.4.

#include "model/dax/paths/xfs_alloc_vextent.hpp"

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"

namespace stalemate::kernel::dax {

using namespace build;

namespace {

void record_other_file(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xfs_alloc_vextent", "fs/xfs/libxfs/xfs_alloc.c");
  p.label("next");
  p.step(idle("allocate a block for another file"),
         when(w.has_free_block()).then(w.block.owner[w.free_block()] = owner::other).go("next"));
}

} // namespace

DaxPath other_file() {
  return {{.name = "dax_other_file",
           .process = "other",
           .function = "xfs_alloc_vextent",
           .text = "another file that allocates every block that is free",
           .source = "atlas dax A.4",
           .options = {},
           .is_daemon = true},
          record_other_file};
}

} // namespace stalemate::kernel::dax
