#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// Maps the blocks of the locked folio `index` that are not uptodate, and reads them.
void iomap_read_folio(build::Path& p, const World& w, int index);

} // namespace stalemate::kernel::iomap
