// A read of the swap device past the swap layer: dd, or the restore of a hibernation image.
//
// Keeps:   that it can come at any time once the slot was written.
// Drops:   what it does with the data.
// Atomic:  the device gives out what it holds in one step.
// Sources: atlas stable-pages B-I4, H3.

#include "model/stable_pages/paths/blkdev_read.hpp"

#include "checker/builder/path.hpp"
#include "model/stable_pages/objects/world.hpp"

namespace stalemate::kernel::stable_pages {

using namespace build;

namespace {

void record_raw_read(Path& p, const World& w, const Options&) {
  const auto fn = p.function("blkdev_read_iter", "fs/block_dev.c");
  p.step(idle("read the slot from the device"),
         when(w.swap.stored != content::none)
             .then(w.ghost.read_torn = w.swap.stored == content::torn));
}

} // namespace

AnonPath raw_read() {
  return {{.name = "anon_raw_read",
           .process = "reader",
           .function = "blkdev_read_iter",
           .text = "somebody who reads the swap device itself",
           .source = "atlas stable-pages B-I4",
           .options = {}},
          record_raw_read};
}

} // namespace stalemate::kernel::stable_pages
