// xfs_file_write_checks() and xfs_file_write_zero_eof(), fs/xfs/xfs_file.c.
//
// Keeps:   the look at i_size, the wait for direct I/O, zeroing from i_size up to the write, since
//          v6.12 under invalidate_lock; afterwards what lies in the folio of the old end.
// Drops:   the second look under a spinlock, since i_rwsem is held exclusively; limits, privileges.
// Atomic:  the look at i_size is one step.
// Sources: v6.1 to v7.1; atlas buffered P1, P6.Z.

#include "model/iomap/paths/xfs_file_write_checks.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"
#include "model/iomap/paths/iomap_zero_range.hpp"
#include "model/iomap/paths/pagecache_isize_extended.hpp"
#include "model/iomap/paths/xfs_map_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

Gap::Gap(Path& p, const World& w, int at)
    : world_(w), at_(at), sizes_(w.setup.sizes_below(p.number(), at)) {
  if (!sizes_.empty()) from_ = p.local("gap_from", 0, at, at);
}

void Gap::zero(Path& p) const {
  if (sizes_.empty()) return;
  const World& w = world_;
  const auto fn = p.function("xfs_file_write_checks", "fs/xfs/xfs_file.c");
  const WritepageContext context(p, w);
  const InOrder locks(p, w);
  const bool locks_faults_out = w.kernel().gap_keeps_faults_out;
  const Place from = *from_;
  std::vector<Alternative> ways;
  std::vector<Label> zeroing;
  for (const int size : sizes_) {
    zeroing.push_back(p.forward());
    ways.push_back(when(w.inode.size == size)
                       .note(fmt::format("yes, the file ends at {}", size))
                       .then(from = size, begin_cut(w, size, at_), w.inode.gap_to = at_)
                       .go(zeroing.back()));
  }
  p.step("does the write begin behind i_size?", ways, when(w.inode.size >= at_).note("no").ret());
  for (std::size_t i = 0; i < sizes_.size(); ++i) {
    p.label(zeroing[i]);
    inode_dio_wait(p, w);
    if (locks_faults_out)
      p.step(fmt::format("take invalidate_lock exclusively, to zero from {} on", sizes_[i]),
             locks.take(Rank::invalidate_lock, w.inode.invalidate_lock));
    iomap_zero_range(p, w, context, fmt::format("gap{}", sizes_[i]), sizes_[i], at_);
    p.step(fmt::format("the file reads as zeroes from {} on", sizes_[i]),
           then(locks_faults_out ? release(w.inode.invalidate_lock) : Effect()).ret());
  }
}

bool Gap::has_tail() const {
  return std::ranges::any_of(sizes_, [&](int size) { return cuts_tail(world_, size, at_); });
}

void Gap::extend(Path& p) const {
  const auto fn = p.function("iomap_write_iter", "fs/iomap/buffered-io.c");
  const Place from = *from_;
  const Effect once = from = at_;
  std::vector<Alternative> ways;
  std::vector<Label> cut;
  std::vector<int> sizes;
  for (const int size : sizes_) {
    if (!cuts_tail(world_, size, at_)) continue;
    sizes.push_back(size);
    cut.push_back(p.forward());
    ways.push_back(when(from == size).note("yes").then(once).go(cut.back()));
  }
  p.step("did i_size move over a gap?", ways, otherwise().note("no").then(once).ret());
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    p.label(cut[i]);
    pagecache_isize_extended(p, world_, sizes[i], at_);
    if (i + 1 < sizes.size())
      p.step(fmt::format("the tail from {} on is cut off", sizes[i]), always().ret());
  }
}

Effect Gap::end() const {
  return sizes_.empty() ? Effect() : together(end_cut(world_), world_.inode.gap_to = 0);
}

} // namespace stalemate::kernel::iomap
