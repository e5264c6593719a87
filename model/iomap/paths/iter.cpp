#include "model/iomap/paths/iter.hpp"

#include "checker/builder/path.hpp"

namespace stalemate::kernel::iomap {

using build::Expr;

namespace {

/// The name of one of the iterator's variables.
std::string named(const std::string& iterator, const char* variable) {
  return iterator.empty() ? variable : iterator + "." + variable;
}

} // namespace

Iter::Iter(build::Path& path,
           const World& in,
           Request what,
           int from,
           int segments,
           int short_copies,
           const std::string& name)
    : first(from), end(from + segments), world(in), request(what),
      pos(path.local(named(name, "pos"), first, end)),
      copied(path.local(named(name, "copied_to"), first, end)),
      type(path.local_named(named(name, "iomap.type"), extent_names())),
      map_end(path.local(named(name, "iomap.end"), 0, in.geometry.blocks)),
      shared(path.local_flag(named(name, "iomap.shared"))),
      map_first(path.local(named(name, "iomap.first"), 0, in.geometry.blocks - 1)),
      place(path.local(named(name, "iomap.place"), 0, in.disk.places() - 1)),
      cookie(
          path.local(named(name, "iomap.cookie"), 0, static_cast<int>(in.inode.seq.range().high))),
      cow_cookie(path.local(
          named(name, "iomap.cow_cookie"), 0, static_cast<int>(in.inode.seq.range().high))),
      is_new(path.local_flag(named(name, "iomap.new"))),
      map_pos(path.local(named(name, "iomap.pos"), first, end)),
      busy(path.local_flag(named(name, "busy"))),
      batch(path, in, first, end, name.empty() ? name : name + "."),
      punch_from(path.local(named(name, "punch_from"), 0, in.geometry.blocks)),
      copies_are_short(short_copies > 0) {}

Expr Iter::block() const {
  const int per_block = world.geometry.segments_per_block;
  if (is_in_one_block()) return first / per_block;
  return min(pos, end - 1) / per_block;
}

Expr Iter::index() const {
  const int per_folio = world.geometry.segments_per_folio();
  const int first_folio = first / per_folio;
  const int last_folio = (end - 1) / per_folio;
  if (first_folio == last_folio) return first_folio;
  return min(pos, end - 1) / per_folio;
}

Expr Iter::stop() const {
  // A mapping covers at least the block that was looked up.
  if (is_in_one_block()) return end;
  const Expr folio_end = (index() + 1) * world.geometry.segments_per_folio();
  const Expr mapping_end = map_end * world.geometry.segments_per_block;
  return min(min(end, folio_end), mapping_end);
}

Expr Iter::copied_to() const {
  return copies_are_short ? Expr(copied) : stop();
}

Expr Iter::is_new_block() const {
  if (!world.setup.has_holes()) return false;
  return world.setup.has_cow() ? is_new && !shared : Expr(is_new);
}

Expr Iter::source(const Expr& block) const {
  if (!world.disk.is_indirect()) return block;
  // A block outside the mapping is never asked for; the bounds only keep the index in the disk.
  return max(0, min(place + block - map_first, world.disk.places() - 1));
}

Expr Iter::is_valid() const {
  const Kernel& kernel = world.kernel();
  const Expr data = cookie == world.inode.seq;
  const Expr cow = !shared || cow_cookie == world.inode.cow_seq;
  Expr matches = data;
  if (world.setup.has_cow() && kernel.cookie_covers == CookieCovers::both_forks)
    matches = data && cow;
  if (world.setup.has_cow() && kernel.cookie_covers == CookieCovers::both_over_data)
    matches = data && (cow || type == Extent::hole);
  if (world.setup.has_cow() && kernel.cookie_covers == CookieCovers::cow_fork)
    matches = select(shared, cow, data);
  // Writes are handed no hole by XFS, and unsharing skips them.
  const bool may_be_hole = request == Request::zero && world.setup.has_holes() &&
                           kernel.hole_write == HoleWrite::reserves;
  if (!may_be_hole || kernel.hole_check == HoleCheck::by_cookie) return matches;
  Expr is_hole = type == Extent::hole;
  if (world.setup.has_cow()) is_hole = is_hole && !shared;
  return kernel.hole_check == HoleCheck::never_stale ? is_hole || matches : !is_hole && matches;
}

Expr Iter::is_busy(bool writeback_counts) const {
  return build::exists(world.folio.count, [&](int f) {
    const auto candidate = world.folio[f];
    const Expr is_dirty = candidate.dirty;
    return index() == f && candidate.present &&
           (writeback_counts ? is_dirty || candidate.writeback : is_dirty);
  });
}

bool Iter::looks_for_busy_folios() const {
  const Zeroing how = world.kernel().zeroing;
  return request == Request::zero && !world.setup.is_zoned() &&
         (how == Zeroing::zeroes_busy_folios || how == Zeroing::zeroes_dirty_folios);
}

bool Iter::collects_folios() const {
  const Zeroing how = world.kernel().zeroing;
  return request == Request::zero && !world.setup.is_zoned() &&
         (how == Zeroing::batch || how == Zeroing::batch_over_unwritten);
}

bool Iter::takes_rounds() const {
  return copies_are_short || !is_in_one_block();
}

bool Iter::is_in_one_block() const {
  const int per_block = world.geometry.segments_per_block;
  return first / per_block == (end - 1) / per_block;
}

Expr Iter::position(int segment_in_folio) const {
  return index() * world.geometry.segments_per_folio() + segment_in_folio;
}

} // namespace stalemate::kernel::iomap
