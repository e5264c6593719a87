#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

#include <functional>

namespace stalemate::kernel::iomap {

/// Where the condition is true, the copy that the COW fork has of a block becomes the file's block,
/// and the one that it had is given up.
[[nodiscard]] build::Effect
remap_copy(const World& w, int block, const build::Expr& condition = true);

/// What one transaction remaps where that is not trimmed, remembered since it moves the borders.
struct Remapped {
  build::Place first, end; ///< Blocks.

  Remapped(build::Path& p, const World& w);
};

/// As before 55f669f34184: the written extent of the COW fork around `block`, from its beginning to
/// where it ends, or the data fork's extent does.
[[nodiscard]] build::Effect remap_whole_extent(const World& w, const Remapped& piece, int block);

/// The copies in the blocks first..end-1 take their place, as far as they are written and the
/// condition is true of them.
void xfs_reflink_end_cow(build::Path& p,
                         const World& w,
                         int first,
                         int end,
                         const std::function<build::Expr(int)>& is_in);

} // namespace stalemate::kernel::iomap
