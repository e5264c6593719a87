#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::iomap {

/// struct iomap_iter's fbatch, of v7.0 and later: the folios of the request that were dirty or
/// under writeback when the mapping was looked up, each with a reference that keeps reclaim from
/// it.
class FolioBatch {
 public:
  /// The request is segments first..end-1; `name` is the variables' first word.
  FolioBatch(build::Path& path, const World& world, int first, int end, const std::string& name);

  /// IOMAP_F_FOLIO_BATCH: only what is in the batch needs zeroes.
  build::Place is_there;

  /// Would any folio be collected from segment `from` up to segment `to`?
  [[nodiscard]] build::Expr has_any(const build::Expr& from, const build::Expr& to) const;
  /// iomap_fill_dirty_folios(), where the condition is true; else there is no batch.
  [[nodiscard]] build::Effect
  collect(const build::Expr& condition, const build::Expr& from, const build::Expr& to) const;

  /// The folios of the request.
  [[nodiscard]] int first_folio() const { return first_; }
  [[nodiscard]] int folios() const { return static_cast<int>(held_.size()); }
  /// Is the folio the next one that is still in the batch?
  [[nodiscard]] build::Expr is_next(int folio) const;
  [[nodiscard]] build::Expr is_empty() const;
  /// The reference on the folio goes, if the batch has one.
  [[nodiscard]] build::Effect put(const build::Expr& folio) const;
  /// All references go.
  [[nodiscard]] build::Effect put_all() const;

 private:
  [[nodiscard]] build::Expr
  is_busy(int folio, const build::Expr& from, const build::Expr& to) const;
  [[nodiscard]] build::Expr holds(int folio) const;

  const World& world_;
  int first_;
  std::vector<build::Place> held_; ///< By folio of the request.
};

} // namespace stalemate::kernel::iomap
