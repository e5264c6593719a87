#pragma once

#include "model/iomap/objects/world.hpp"
#include "model/scenario/property_entry.hpp"

namespace stalemate::kernel::iomap {

/// `a` implies `b`.
[[nodiscard]] build::Expr implies(const build::Expr& a, const build::Expr& b);

/// The folio of a segment of the file, and the segment's number inside it.
struct Spot {
  FolioTable::Row folio;
  int inside;
  build::Expr is_uptodate;

  Spot(const World& w, int segment);
};

/// Claims about what a read sees, one part per segment of the file: where nobody is at work on it.
[[nodiscard]] Parts no_lost_write(const World& w);
[[nodiscard]] Parts no_foreign_data(const World& w);
[[nodiscard]] Parts no_zeroes_over_data(const World& w);
[[nodiscard]] Parts clean_folio_matches_disk(const World& w);
[[nodiscard]] Parts uptodate_is_true(const World& w);

} // namespace stalemate::kernel::iomap
