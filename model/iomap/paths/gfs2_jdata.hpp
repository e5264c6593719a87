#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// write(2) to a gfs2 file whose data goes through the journal, its writeback, the log flush.
[[nodiscard]] IomapPath jdata_write();
[[nodiscard]] IomapPath jdata_writeback();
[[nodiscard]] IomapPath log_flush();

} // namespace stalemate::kernel::iomap
