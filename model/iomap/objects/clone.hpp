#pragma once

#include "checker/builder/declare.hpp"
#include "model/iomap/objects/disk.hpp"

namespace stalemate::kernel::iomap {

/// The file that a clone makes: which of the source's places it shares, and, as a ghost, what was
/// there when it began to.
struct Clone {
  build::Place remapping; ///< XFS_IREMAPPING of the source: a clone is reading its extents.
  build::Place reflink;   ///< XFS_DIFLAG2_REFLINK of the source: blocks of it may be shared.
  build::Place returned;  ///< FICLONE came back to the user.
  build::Array linked;    ///< By block: the clone has it.
  build::Array place;     ///< By block: where.
  build::Array snapshot;  ///< Table, ghost: block, segment.
};

[[nodiscard]] Clone
declare_clone(build::Model& model, const Disk& disk, const Tags& tags, bool is_reflink);

} // namespace stalemate::kernel::iomap
