#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// Drops folio `f` from the cache, dirty or not, if it is there and the condition is true.
void drop_folio(build::Path& p, const World& w, int f, const build::Expr& condition);

/// Drops what is cached of the segments first..end-1 and zeroes the rest of them in the folios that
/// stay, without making those dirty.
void truncate_pagecache_range(build::Path& p, const World& w, int first, int end);

/// truncate_pagecache(): the same from position `pos` on, which is `first` or later.
void truncate_pagecache_from(build::Path& p, const World& w, int first, const build::Expr& pos);

} // namespace stalemate::kernel::iomap
