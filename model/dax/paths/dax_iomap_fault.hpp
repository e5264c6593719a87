#pragma once

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"

namespace stalemate::kernel::dax {

/// A write fault at an offset of the mapping. Falls through when the page table entry is there;
/// goes to `failed` when the fault fails.
void dax_iomap_fault(build::Path& p, const World& w, int offset, build::Label failed);

} // namespace stalemate::kernel::dax
