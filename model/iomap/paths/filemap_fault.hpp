#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// Brings a folio into the cache for a page fault and returns with it unlocked. Called by the fault
/// of an mmap store, which keeps a reference on the folio until it has made it writable, and by a
/// write whose user buffer lies in the same file, which only needs it mapped. Where the file does
/// not reach to the folio the process ends (SIGBUS); a write's buffer always lies before i_size.
enum class Reference : bool { dropped, kept };
void filemap_fault(build::Path& p, const World& w, int index, Reference reference);

} // namespace stalemate::kernel::iomap
