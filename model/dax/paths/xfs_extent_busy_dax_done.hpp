#pragma once

#include "checker/builder/path.hpp"
#include "model/dax/objects/world.hpp"
#include "model/dax/paths.hpp"
#include "model/dax/paths/put_page.hpp"

namespace stalemate::kernel::dax {

/// The end of DMA on a page, in a worker; comes with `dax_break: busy_extent`.
[[nodiscard]] DaxPath page_idle();

/// The same by whoever dropped the reference. `notifying` is cleared at the end.
void dax_done_in_place(build::Path& p,
                       const World& w,
                       const build::Expr& block_number,
                       const build::Place& notifying,
                       Context context);

} // namespace stalemate::kernel::dax
