#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/paths/iter.hpp"

namespace stalemate::kernel::iomap {

/// Does a write that ends early give back blocks that it allocated at once?
[[nodiscard]] bool deallocates(const World& w);

/// What gfs2 does at the end of a write: frees the blocks behind what was written of a mapping that
/// it allocated. Goes on at `done`.
void gfs2_iomap_end(build::Path& p, const World& w, const Iter& it, build::Label done);

} // namespace stalemate::kernel::iomap
