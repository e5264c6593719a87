// xfs_buffered_write_iomap_begin(), fs/xfs/xfs_iomap.c, v6.2 and later.
//
// Keeps:   lookup, delayed reservation over a hole, the cookie and when it is sampled. Other
//          filesystems leave a hole to writeback or allocate blocks at once (hole_write).
// Drops:   reflinked files and the COW fork, extent size hints, speculative preallocation, quota,
//          out of space.
// Atomic:  the whole ILOCK section is one step, since every other reader or writer of the extent
//          map takes the ILOCK. With cookie_sampled = after_ilock the sample is a step of its own.
// Sources: path atlas 1.2, 1.3, table W1; 304a68b9c63b.

#include "model/iomap/paths/xfs_buffered_write_iomap_begin.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// What a lookup at the write's position leaves in the iterator.
Effect remember(const World& w, const Iter& it, bool made_here) {
  const bool samples = it.is_checked() && w.kernel().cookie_sampled == CookieSampled::under_ilock;
  const bool may_be_new = w.starts_with(Extent::hole);
  return together(it.type = w.extent[it.block()],
                  it.map_end = w.extent.extent_end(it.block()),
                  may_be_new ? it.is_new = made_here : Effect(),
                  may_be_new ? it.map_pos = it.pos : Effect(),
                  samples ? it.cookie = w.inode.seq : Effect());
}

/// Fills the hole at the write's position: a reservation, or blocks whose content is garbage.
Effect fill_hole(const World& w, const Iter& it) {
  const int per_block = w.geometry.segments_per_block;
  const auto made =
      w.kernel().hole_write == HoleWrite::allocates ? Extent::mapped : Extent::delalloc;
  return together(w.extent.fill_holes(it.block(), (it.end + per_block - 1) / per_block, made),
                  w.inode.bump_seq());
}

/// The lookup under one hold of the ILOCK and the reservation under another, which trusts it.
void look_up_then_reserve(Path& p, const World& w, const Iter& it) {
  const int per_block = w.geometry.segments_per_block;
  const int first = it.first / per_block;
  p.step("look up the extent, drop the ILOCK",
         when(w.extent[it.block()] == Extent::hole),
         otherwise().then(remember(w, it, false)).ret());
  p.step("reserve what was a hole, under the ILOCK again",
         then(for_each((it.end + per_block - 1) / per_block - first,
                       [&](int i) {
                         const Place state = w.extent[first + i];
                         return state = select(it.block() <= first + i, Extent::delalloc, state);
                       }),
              w.inode.bump_seq(),
              remember(w, it, true)));
}

} // namespace

void xfs_buffered_write_iomap_begin(Path& p, const World& w, const Iter& it) {
  const auto fn = p.function("xfs_buffered_write_iomap_begin", "fs/xfs/xfs_iomap.c");
  const bool samples_late =
      it.is_checked() && w.kernel().cookie_sampled == CookieSampled::after_ilock;
  const bool changes_holes =
      w.starts_with(Extent::hole) && w.kernel().hole_write != HoleWrite::leaves_it;
  const std::string what = it.is_checked() && !samples_late
                               ? "look up the extent, sample the cookie"
                               : "look up the extent";
  if (changes_holes && w.kernel().reserve_under == ReserveUnder::second_ilock_hold)
    look_up_then_reserve(p, w, it);
  else if (changes_holes)
    p.step(what,
           when(w.extent[it.block()] != Extent::hole).then(remember(w, it, false)),
           otherwise()
               .note(w.kernel().hole_write == HoleWrite::reserves ? "the write reserves the hole"
                                                                  : "the write allocates blocks")
               .then(fill_hole(w, it), remember(w, it, true)));
  else
    p.step(what, then(remember(w, it, false)));

  if (samples_late)
    p.step("sample the cookie, the ILOCK is dropped already", then(it.cookie = w.inode.seq));
}

} // namespace stalemate::kernel::iomap
