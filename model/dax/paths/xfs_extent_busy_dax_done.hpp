#pragma once

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"
#include "model/dax/paths.hpp"

namespace stalemate::kernel::dax {

/// The end of DMA on a page, in a worker; comes with `dax_break: busy_extent`.
[[nodiscard]] DaxPath page_idle();

/// The same in the interrupt that ended the DMA. `notifying` is cleared at the end.
void dax_done_in_interrupt(build::Path& p,
                           const World& w,
                           const build::Expr& block_number,
                           const build::Place& notifying);

} // namespace stalemate::kernel::dax
