// xfs_reflink_end_cow() and xfs_reflink_end_cow_extent(), fs/xfs/xfs_reflink.c.
//
// Keeps:   a transaction for each piece of the range that is one extent in both forks; what is not
//          written in the COW fork stays there; copies that somebody else has moved are done.
// Drops:   errors: after one the rest of the copies stays in the COW fork.
// Atomic:  a transaction is one step under the ILOCK. What the data fork gives up is another's at
//          once, if no other file has it.
// Sources: path atlas C2; xfs_dio_write_end_io(), IOMAP_DIO_COW.

#include "model/iomap/paths/xfs_reflink_end_cow.hpp"

#include <fmt/format.h>

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

void xfs_reflink_end_cow(Path& p, const World& w, const DirectRequest& request) {
  const auto fn = p.function("xfs_reflink_end_cow", "fs/xfs/xfs_reflink.c");
  const int end_block = request.end_block();
  const Place end = p.local("remap.end", request.first_block(), end_block);
  for (int b = request.first_block(); b < end_block; ++b) {
    Expr both_end = end_block;
    for (int i = end_block - 2; i >= b; --i)
      both_end = select(w.extent.is_border(i) || w.cow.is_border(i), i + 1, both_end);
    // The end comes first: the borders are those of the state before.
    Effect all = end = both_end;
    for (int i = b; i < end_block; ++i)
      all = all.then(remap_copy(w, i, i < end));
    p.step(fmt::format("let the copy of block {} take its place", b),
           when(w.cow[b] == Extent::mapped)
               .note("with what follows it in both extents")
               .then(all, w.inode.bump_seq(), w.inode.bump_cow_seq()),
           otherwise().note("there is none, or none that was written"));
  }
}

} // namespace stalemate::kernel::iomap
