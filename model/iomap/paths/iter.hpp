#pragma once

#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths/folio_batch.hpp"

namespace stalemate::kernel::iomap {

/// What an iteration is for: IOMAP_WRITE alone, or with IOMAP_ZERO or IOMAP_UNSHARE.
enum class Request : std::uint8_t { write, zero, unshare };

/// struct iomap_iter of an operation through the page cache: the request, how far it has come, and
/// the mapping that iomap_begin returned by value. Nothing keeps the mapping true.
struct Iter {
  int first; ///< The request, in segments of the file: first..end-1.
  int end;
  const World& world;
  Request request;

  build::Place pos;        ///< The next position to write.
  build::Place copied;     ///< The end of what the last copy brought; only if copies can be short.
  build::Place type;       ///< State of the extent that old data is read from, when looked up.
  build::Place map_end;    ///< The first block after the mapping.
  build::Place shared;     ///< IOMAP_F_SHARED: the mapping is in the COW fork, `type` is srcmap's.
  build::Place map_first;  ///< The block that was looked up.
  build::Place place;      ///< Where that block's old data is on disk.
  build::Place cookie;     ///< iomap->validity_cookie, the data fork's half.
  build::Place cow_cookie; ///< The COW fork's half; counts only if shared.
  build::Place is_new;     ///< IOMAP_F_NEW: this write made the reservation.
  build::Place map_pos;    ///< Where the write stood when it looked up the mapping.
  build::Place busy; ///< Zeroing: the folio at `pos` was dirty, or under writeback, at lookup.
  FolioBatch batch;  ///< Zeroing of v7.0 and later: what else needs zeroes.
  build::Place punch_from; ///< How far the cleanup of an unused reservation has come.
  bool copies_are_short;   ///< Whether the scenario allows a copy to come back short.

  Iter(build::Path& path,
       const World& world,
       Request request,
       int first,
       int segments,
       int short_copies,
       const std::string& name = "");

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

  /// Is the folio at `pos` in the cache and dirty, or, if that counts, under writeback?
  [[nodiscard]] build::Expr is_busy(bool writeback_counts) const;
  /// Does the lookup of the mapping look for busy folios, too?
  [[nodiscard]] bool looks_for_busy_folios() const;
  /// Does it collect them, over unwritten blocks at least?
  [[nodiscard]] bool collects_folios() const;

  [[nodiscard]] bool is_in_one_block() const;
  /// Can the write need more than one folio or one copy?
  [[nodiscard]] bool takes_rounds() const;

  /// Is the data fork's block under the mapping new, made by this very lookup? (IOMAP_F_NEW of the
  /// mapping that old data is read from.) Never in a file without holes.
  [[nodiscard]] build::Expr is_new_block() const;
  /// Where the old data of a block of the mapping is on disk.
  [[nodiscard]] build::Expr source(const build::Expr& block) const;

  /// xfs_iomap_valid(): does the cookie still match the counters?
  [[nodiscard]] build::Expr is_valid() const;
  /// Does the operation look at the cookie? A mapping made under the folio lock needs no check;
  /// only writes do that.
  [[nodiscard]] bool is_checked() const {
    const Kernel& kernel = world.kernel();
    const bool maps_first =
        request != Request::write || kernel.mapping_order == MappingOrder::map_then_lock;
    return kernel.has_cookie && maps_first && kernel.iomap_valid == ValidityCheck::after_folio_lock;
  }
};

} // namespace stalemate::kernel::iomap
