#include "model/iomap/paths/folio_batch.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using namespace build;

FolioBatch::FolioBatch(Path& path, const World& world, int first, int end, const std::string& name)
    : is_there(path.local_flag(name + "has_batch")), world_(world),
      first_(first / world.geometry.segments_per_folio()) {
  for (int f = first_; f * world.geometry.segments_per_folio() < end; ++f)
    held_.push_back(path.local_flag(fmt::format("{}batch{}", name, f)));
}

Expr FolioBatch::holds(int folio) const {
  return held_[static_cast<std::size_t>(folio - first_)];
}

Expr FolioBatch::is_busy(int f, const Expr& from, const Expr& to) const {
  const auto folio = world_.folio[f];
  const int per_folio = world_.geometry.segments_per_folio();
  return folio.present && (folio.dirty || folio.writeback) && from < (f + 1) * per_folio &&
         f * per_folio < to;
}

Expr FolioBatch::has_any(const Expr& from, const Expr& to) const {
  return exists(folios(), [&](int i) { return is_busy(first_ + i, from, to); });
}

Effect FolioBatch::collect(const Expr& condition, const Expr& from, const Expr& to) const {
  return together(is_there = condition, for_each(folios(), [&](int i) {
                    const Expr taken = condition && is_busy(first_ + i, from, to);
                    const Place refs = world_.folio[first_ + i].refs;
                    const Place held = held_[static_cast<std::size_t>(i)];
                    return together(held = taken, refs = select(taken, refs + 1, refs));
                  }));
}

Expr FolioBatch::is_next(int folio) const {
  Expr next = holds(folio);
  for (int f = first_; f < folio; ++f)
    next = next && !holds(f);
  return next;
}

Expr FolioBatch::is_empty() const {
  return for_all(folios(), [&](int i) { return !holds(first_ + i); });
}

Effect FolioBatch::put(const Expr& folio) const {
  return for_each(folios(), [&](int i) {
    const Place held = held_[static_cast<std::size_t>(i)];
    const Place refs = world_.folio[first_ + i].refs;
    const Expr is_put = folio == first_ + i && held;
    return together(refs = select(is_put, refs - 1, refs), held = held && !is_put);
  });
}

Effect FolioBatch::put_all() const {
  return for_each(folios(), [&](int i) {
    const Place held = held_[static_cast<std::size_t>(i)];
    const Place refs = world_.folio[first_ + i].refs;
    return together(refs = select(held, refs - 1, refs), held = false);
  });
}

} // namespace stalemate::kernel::iomap
