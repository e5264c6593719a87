// xfs_reflink_end_cow() and xfs_reflink_end_cow_extent(), fs/xfs/xfs_reflink.c.
//
// Keeps:   a transaction for each piece of the range that is one extent in both forks; what is not
//          written in the COW fork stays there; copies that somebody else has moved are done.
// Drops:   errors: after one the rest of the copies stays in the COW fork.
// Atomic:  a transaction is one step under the ILOCK. What the data fork gives up is another's at
//          once, if no other file has it.
// Sources: atlas buffered C2; xfs_dio_write_end_io(), IOMAP_DIO_COW.

#include "model/iomap/paths/xfs_reflink_end_cow.hpp"

#include <fmt/format.h>

#include <optional>

namespace stalemate::kernel::iomap {

using namespace build;

Effect remap_copy(const World& w, int block, const Expr& condition) {
  const Place state = w.extent[block];
  const Place place = w.extent.place[block];
  const Place shared = w.shared[block];
  const Expr is_freed = w.extent.has_place(block) && !shared;
  return together(w.disk.free(condition && is_freed, place),
                  state = select(condition, Extent::mapped, state),
                  place = select(condition, w.cow.place[block], place),
                  shared = shared && !condition,
                  w.cow.remove(block, condition));
}

Remapped::Remapped(Path& p, const World& w)
    : first(p.local("remap.first", 0, w.geometry.blocks - 1)),
      end(p.local("remap.end", 0, w.geometry.blocks)) {}

Effect remap_whole_extent(const World& w, const Remapped& piece, int block) {
  Expr first = block;
  Expr is_same = true;
  for (int b = block - 1; b >= 0; --b) {
    is_same = is_same && !w.cow.is_border(b);
    first = select(is_same, b, first);
  }
  Expr end = w.geometry.blocks;
  for (int b = w.geometry.blocks - 2; b >= block; --b)
    end = select(w.cow.is_border(b) || w.extent.is_border(b), b + 1, end);
  // Both ends come first: the borders are those of the state before.
  const Effect ends = together(piece.first = first, piece.end = end);
  return ends.then(for_each(w.geometry.blocks, [&](int b) {
    return remap_copy(w, b, piece.first <= b && b < piece.end);
  }));
}

void xfs_reflink_end_cow(
    Path& p, const World& w, int first, int end, const std::function<Expr(int)>& is_in) {
  const auto fn = p.function("xfs_reflink_end_cow", "fs/xfs/xfs_reflink.c");
  const bool is_trimmed = w.kernel().copy_remaps == CopyRemaps::what_was_written;
  std::optional<Remapped> whole;
  if (!is_trimmed) whole.emplace(p, w);
  const Place piece_end = whole ? whole->end : p.local("remap.end", first, end);
  for (int b = first; b < end; ++b) {
    Expr both_end = end;
    for (int i = end - 2; i >= b; --i)
      both_end =
          select(w.extent.is_border(i) || w.cow.is_border(i) || !is_in(i + 1), i + 1, both_end);
    // The end comes first: the borders are those of the state before.
    Effect all = piece_end = both_end;
    for (int i = b; i < end; ++i)
      all = all.then(remap_copy(w, i, i < piece_end));
    if (whole) all = remap_whole_extent(w, *whole, b);
    p.step(fmt::format("let the copy of block {} take its place", b),
           when(is_in(b) && w.cow[b] == Extent::mapped)
               .note("with what follows it in both extents")
               .then(all, w.inode.bump_seq(), w.inode.bump_cow_seq()),
           otherwise().note("there is none, or none that was written"));
  }
}

} // namespace stalemate::kernel::iomap
