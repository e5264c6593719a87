#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/paths/iter.hpp"

namespace stalemate::kernel::iomap {

/// Copies the user's data into the locked folio. `short_copies` is how often in the whole write
/// the copy may come back short.
void copy_folio_from_iter_atomic(build::Path& p,
                                 const World& w,
                                 const Iter& it,
                                 const build::Place& short_copies);

/// Accepts what was copied: uptodate, dirty, i_size; advances the write. Goes to `again`, with the
/// folio still locked, if nothing was accepted.
void iomap_write_end(build::Path& p, const World& w, const Iter& it, build::Label discarded);

} // namespace stalemate::kernel::iomap
