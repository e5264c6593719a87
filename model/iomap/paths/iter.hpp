#pragma once

#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// struct iomap_iter of a buffered write: the request, how far it has come, and the mapping that
/// iomap_begin returned by value. Nothing keeps the mapping true.
struct Iter {
  int first; ///< The request, in segments of the file: first..end-1.
  int end;
  const World& world;

  build::Place pos;        ///< The next position to write.
  build::Place copied;     ///< The end of what the last copy brought; only if copies can be short.
  build::Place type;       ///< The mapping's extent state when it was looked up.
  build::Place map_end;    ///< The first block after the mapping.
  build::Place cookie;     ///< iomap->validity_cookie
  build::Place is_new;     ///< IOMAP_F_NEW: this write made the reservation.
  build::Place map_pos;    ///< Where the write stood when it looked up the mapping.
  build::Place punch_from; ///< How far the cleanup of an unused reservation has come.
  bool copies_are_short;   ///< Whether the scenario allows a copy to come back short.

  Iter(build::Path& path, const World& world, int first, int segments, int short_copies);

  /// The block at `pos`. At the end of the request it stays at the last block.
  [[nodiscard]] build::Expr block() const;
  /// The folio at `pos`; a constant if the request lies in one folio.
  [[nodiscard]] build::Expr index() const;
  /// The row of that folio.
  [[nodiscard]] FolioTable::Row folio() const { return world.folio[index()]; }
  /// The end of what this round asks for: of the request, the folio or the mapping.
  [[nodiscard]] build::Expr stop() const;
  /// The end of what the copy brought.
  [[nodiscard]] build::Expr copied_to() const;
  /// The position in the file of a segment of the folio at `pos`.
  [[nodiscard]] build::Expr position(int segment_in_folio) const;

  [[nodiscard]] bool is_in_one_block() const;
  /// Can the write need more than one folio or one copy?
  [[nodiscard]] bool takes_rounds() const;

  /// Did this write make the reservation that it has mapped? Never in a file without holes.
  [[nodiscard]] build::Expr made_it() const;

  /// xfs_iomap_valid(): does the cookie still match the counter?
  [[nodiscard]] build::Expr is_valid() const {
    const build::Expr matches = cookie == world.inode.seq;
    return world.kernel().hole_is_valid ? type == Extent::hole || matches : matches;
  }
  /// Where the write looks at the cookie. A mapping made under the folio lock needs no check.
  [[nodiscard]] ValidityCheck check() const {
    const Kernel& kernel = world.kernel();
    const bool applies = kernel.has_cookie && kernel.mapping_order == MappingOrder::map_then_lock;
    return applies ? kernel.iomap_valid : ValidityCheck::none;
  }
  [[nodiscard]] bool is_checked() const { return check() != ValidityCheck::none; }
};

} // namespace stalemate::kernel::iomap
