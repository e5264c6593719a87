#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/paths/dio_mapping.hpp"

namespace stalemate::kernel::iomap {

/// What a lookup of a direct write may do, and where it goes on otherwise than at the next step.
struct DioWriteLookup {
  build::Expr overwrites_only; ///< IOMAP_OVERWRITE_ONLY, where that is true.
  build::Label covered;        ///< The mapping that it has covers the block.
  build::Label refused;        ///< -EAGAIN.
};

/// Does the write drop the ILOCK to allocate a copy, and keep what it found in the data fork?
[[nodiscard]] bool keeps_first_look(const World& w, const DirectRequest& request);

/// Maps block `b` of a direct write, if it is not mapped.
void xfs_direct_write_iomap_begin(build::Path& p,
                                  const World& w,
                                  const DirectRequest& request,
                                  const DioMapping& mapping,
                                  int b,
                                  const DioWriteLookup& lookup);

} // namespace stalemate::kernel::iomap
