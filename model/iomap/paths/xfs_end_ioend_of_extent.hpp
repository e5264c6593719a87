#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// The completion of the ioend that begins at the block; of a block inside one only its data.
void record_ioend_of_extent(build::Path& p, const World& w, int block);

} // namespace stalemate::kernel::iomap
