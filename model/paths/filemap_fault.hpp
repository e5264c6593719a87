#pragma once

#include "checker/builder/path.hpp"
#include "model/objects/world.hpp"

namespace stalemate::kernel {

/// Brings a folio into the cache for a page fault and returns with it unlocked. Called by the fault
/// of an mmap store, and by a write whose user buffer lies in the same file.
void filemap_fault(build::Path& p, const World& w, int index);

} // namespace stalemate::kernel
