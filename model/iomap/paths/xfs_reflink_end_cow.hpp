#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// Where the condition is true, the copy that the COW fork has of a block becomes the file's block,
/// and the one that it had is given up.
[[nodiscard]] build::Effect
remap_copy(const World& w, int block, const build::Expr& condition = true);

/// What the completion of a direct write does about the copies that it has written.
void xfs_reflink_end_cow(build::Path& p, const World& w, const DirectRequest& request);

} // namespace stalemate::kernel::iomap
