#pragma once

#include "model/iomap/paths.hpp"

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// What is left to do when the last bio of a direct request is done: by the submitter if it waited,
/// by a worker, or in the interrupt if it reads.
void iomap_dio_complete(build::Path& p, const World& w, const DirectRequest& request);

/// Can the request come to nothing, because it may only overwrite and cannot? It is then made
/// again with i_rwsem held exclusively.
[[nodiscard]] bool may_be_refused(const World& w, const DirectRequest& request);

/// The device and the completion of one direct request; comes with it.
[[nodiscard]] IomapPath dio_completion();

} // namespace stalemate::kernel::iomap
