#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

#include <string>

namespace stalemate::kernel::iomap {

/// Drops the clean folios among first..last from the cache; called before a direct write and after
/// it, which `when_it_is` says. With `failed`, the first dirty folio ends it there; without, dirty
/// folios stay.
void invalidate_inode_pages2_range(build::Path& p,
                                   const World& w,
                                   int first,
                                   int last,
                                   const std::string& when_it_is,
                                   const build::Label* failed = nullptr);

} // namespace stalemate::kernel::iomap
