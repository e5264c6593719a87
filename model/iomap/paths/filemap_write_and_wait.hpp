#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths/xfs_map_blocks.hpp"

namespace stalemate::kernel::iomap {

/// Writes the dirty folios among first..last and waits until none of them is under writeback.
void filemap_write_and_wait(
    build::Path& p, const World& w, const WritepageContext& context, int first, int last);

/// The same as a part of the function that the caller is in; `begins` happens in its first step.
void write_and_wait(build::Path& p,
                    const World& w,
                    const WritepageContext& context,
                    int first,
                    int last,
                    const build::Effect& begins);

} // namespace stalemate::kernel::iomap
