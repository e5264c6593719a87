#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/paths/iter.hpp"

namespace stalemate::kernel::iomap {

/// Gets and locks the folio at the write's position. Leaves to `stale`, without the folio, when
/// the cached mapping turns out to be out of date.
void iomap_write_begin(build::Path& p, const World& w, const Iter& it, build::Label stale);

/// Fills what the write will not cover of the blocks that it touches. The folio is locked. Leaves
/// to `failed`, where reads can fail, when one of a block does.
void fill_around_write(build::Path& p, const World& w, const Iter& it, build::Label failed = {});

} // namespace stalemate::kernel::iomap
