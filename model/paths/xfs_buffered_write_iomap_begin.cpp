// xfs_buffered_write_iomap_begin(), fs/xfs/xfs_iomap.c, v6.2 and later.
//
// Keeps:   lookup, delayed reservation over a hole, the cookie and when it is sampled.
// Drops:   reflinked files and the COW fork, extent size hints, speculative preallocation, quota,
//          out of space.
// Atomic:  the whole ILOCK section is one step, since every other reader or writer of the extent
//          map takes the ILOCK. With cookie_sampled = after_ilock the sample is a step of its own.
// Sources: path atlas 1.2, 1.3, table W1; 304a68b9c63b.

#include "model/paths/xfs_buffered_write_iomap_begin.hpp"

namespace stalemate::kernel {

using namespace build;

void xfs_buffered_write_iomap_begin(Path& p, const World& w, const Iter& it) {
  const auto fn = p.function("xfs_buffered_write_iomap_begin", "fs/xfs/xfs_iomap.c");
  const bool samples_late =
      it.is_checked() && w.kernel().cookie_sampled == CookieSampled::after_ilock;
  const bool samples_here = it.is_checked() && !samples_late;
  const auto sample = [&] { return samples_here ? it.cookie = w.inode.seq : Effect(); };
  const auto remember = [&](bool is_new) {
    return together(it.type = w.extent[it.block()],
                    it.map_end = w.extent.extent_end(it.block()),
                    w.starts_with(Extent::hole) ? it.is_new = is_new : Effect(),
                    sample());
  };

  const auto mapped = when(w.extent[it.block()] != Extent::hole).then(remember(false));
  const int per_block = w.geometry.segments_per_block;
  const auto reserved =
      when(w.extent[it.block()] == Extent::hole)
          .note("the write reserves the hole")
          .then(w.extent.reserve(it.block(), (it.end + per_block - 1) / per_block),
                w.inode.bump_seq(),
                remember(true));
  const std::string what =
      samples_here ? "look up the extent, sample the cookie" : "look up the extent";
  if (w.starts_with(Extent::hole))
    p.step(what, mapped, reserved);
  else
    p.step(what, then(remember(false)));

  if (samples_late)
    p.step("sample the cookie, the ILOCK is dropped already", then(it.cookie = w.inode.seq));
}

} // namespace stalemate::kernel
