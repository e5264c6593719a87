#pragma once

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"

namespace stalemate::kernel::dax {

/// What a punch is about and what it remembers.
struct Punch {
  int first;
  int end;
  build::Place page;    ///< The busy page that it found, a block.
  build::Place is_busy; ///< Some page of the range was busy (busy_extent).
  build::Place busy_pages;
};

/// Makes sure, as the variant does, that no page of the range is under DMA. Entered and left with
/// IOLOCK and MMAPLOCK held exclusively; goes to `interrupted` with both held.
void xfs_break_dax_layouts(build::Path& p,
                           const World& w,
                           const Punch& punch,
                           build::Label interrupted);

} // namespace stalemate::kernel::dax
