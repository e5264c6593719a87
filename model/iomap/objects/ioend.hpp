#pragma once

#include "checker/builder/declare.hpp"
#include "model/iomap/objects/geometry.hpp"

namespace stalemate::kernel::iomap {

/// How far the write of one block to the disk has come.
enum class IoStage : std::uint8_t {
  none,      ///< Nothing is under way.
  built,     ///< Added to an ioend, not submitted.
  submitted, ///< The bio is with the device.
  written,   ///< The data is on the disk.
  converted, ///< The extent says so too.
  failed,    ///< The device has failed it, or it was never submitted because of another error.
};

/// struct iomap_ioend, one per block. A folio's writeback flag keeps a second one for the same
/// block from starting. Blocks that the kernel would put into one ioend complete one by one here,
/// which allows every order that a split ioend allows, unless the knob `ioends` joins them.
struct IoendTable {
  build::Array stage;
  build::Array unwritten; ///< IOMAP_IOEND_UNWRITTEN: the extent must be converted.
  build::Array cow;       ///< IOMAP_IOEND_SHARED: the COW fork's block replaces the data fork's.
  build::Array end;       ///< Where it ends in the file, in segments; only where i_size can grow.
  build::Array joined;    ///< It is in the ioend of the block before; only with ioends of extents.
  build::Array place;     ///< Where on the disk it is written; only where blocks can be elsewhere.
};

[[nodiscard]] IoendTable
declare_ioends(build::Model& model, const Geometry& geometry, int places, bool can_fail);

} // namespace stalemate::kernel::iomap
