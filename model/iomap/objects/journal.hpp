#pragma once

#include "checker/builder/declare.hpp"
#include "model/iomap/objects/content.hpp"
#include "model/iomap/objects/geometry.hpp"

namespace stalemate::kernel::iomap {

/// gfs2's journal as far as a journaled-data file sees it: the buffers of its folios and their
/// copies in the log.
struct Journal {
  build::SharedLock
      flush_lock;         ///< sd_log_flush_lock: transactions share it, a flush wants it alone.
  build::Array attached;  ///< By block: the folio has a buffer head for it.
  build::Array dirty;     ///< By block: the buffer is dirty, so that writeback may write it home.
  build::Array pinned;    ///< By block: in a transaction that is not in the log yet.
  build::Array committed; ///< By block: its copy in the log is complete.
  build::Array copy;      ///< Table: block, segment; what the copy holds.
};

[[nodiscard]] Journal
declare_journal(build::Model& model, const Geometry& geometry, const Tags& tags);

} // namespace stalemate::kernel::iomap
