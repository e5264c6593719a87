#pragma once

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"

namespace stalemate::kernel::dax {

/// What a process that takes references needs to remember.
struct Pinner {
  int row;           ///< In World::pinned.
  build::Place page; ///< The block of the reference that it is dropping.
  build::Place left; ///< The count that this left.
};

/// Drops a reference on the page of `block_number`, in the process's own context; `forget` is what
/// records that it is gone.
void put_page(build::Path& p,
              const World& w,
              const Pinner& pinner,
              const build::Expr& block_number,
              const build::Effect& forget);

/// The same in the interrupt that ended the DMA, which calls the filesystem directly.
void put_page_in_interrupt(build::Path& p,
                           const World& w,
                           const Pinner& pinner,
                           const build::Expr& block_number,
                           const build::Effect& forget);

} // namespace stalemate::kernel::dax
