#pragma once

#include "model/iomap/paths.hpp"

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// A write through the page cache: struct kiocb, and what may happen to it.
struct BufferedRequest {
  int first; ///< In segments of the file.
  int segments;
  int short_copies = 0;       ///< How often the copy may come back short.
  int times = 1;              ///< How many such writes, one after the other.
  int buffer_folio = -1;      ///< Folio of the same file in which the user's buffer lies.
  bool may_give_up = false;   ///< It may end early, for want of the buffer.
  build::Effect returns = {}; ///< What else is true when it has returned.
};

/// The whole call, up to the end of the process.
void xfs_file_buffered_write(build::Path& p, const World& w, const BufferedRequest& request);

/// write(2) into the page cache of an XFS file.
[[nodiscard]] IomapPath buffered_write();

} // namespace stalemate::kernel::iomap
