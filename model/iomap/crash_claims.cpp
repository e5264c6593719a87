#include "model/iomap/crash_claims.hpp"

#include "model/iomap/content_claims.hpp"
#include "model/iomap/objects/content.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using build::Expr;

/// A crash keeps what is on disk. What writes appended never was zeroes, nor anything else before.
/// Only of the block in which the file ends then: data before it may be on its way, since the size
/// is that of the I/O which has come to its end. Who punches makes zeroes itself.
Parts no_zeroes_after_a_crash(const World& w) {
  Parts parts;
  const int per_block = w.geometry.segments_per_block;
  const int old_size = w.setup.file.size.value_or(w.geometry.segments());
  const bool is_asked = w.appends() && !w.setup.runs_any({"punch_hole", "zero_range"});
  for (int s = old_size; is_asked && s < w.geometry.segments(); ++s) {
    if (w.setup.has_gap_over(s)) continue; // what a write behind i_size leaves there are zeroes
    const auto& tags = w.legal[static_cast<std::size_t>(s)];
    const Expr is_written = build::exists(static_cast<int>(tags.size()), [&](int i) {
      const int tag = tags[static_cast<std::size_t>(i)];
      return tag == content::zeroes ? Expr(false) : w.on_disk(s) == tag;
    });
    const int block_end = (s / per_block + 1) * per_block;
    const Expr in_last_block = w.inode.disk_size > s && w.inode.disk_size <= block_end;
    parts.emplace_back(
        implies(in_last_block && !w.is_lost(s), is_written),
        fmt::format("after a crash, segment {} of the file is not what was appended", s));
  }
  return parts;
}

/// A crash keeps what is on disk, and what a block held before it was written is somebody else's.
/// Behind the size on disk nobody looks.
Parts no_foreign_data_after_a_crash(const World& w) {
  Parts parts;
  if (w.kernel().hole_write == HoleWrite::allocates) return parts; // it orders data and metadata
  for (int s = 0; s < w.geometry.segments(); ++s) {
    const Expr is_kept = w.appends() ? w.inode.disk_size > s : Expr(true);
    const Expr content = w.on_disk(s);
    Expr is_known = content != content::garbage;
    if (w.setup.frees_blocks()) is_known = is_known && content != w.tags.others;
    parts.emplace_back(
        implies(is_kept, is_known),
        build::Sentence(fmt::format("after a crash, a read of segment {} of the file sees {{}}", s),
                        {content}));
  }
  return parts;
}

Parts disk_size_within_size(const World& w) {
  if (!w.appends()) return {};
  return {{w.inode.disk_size <= w.inode.size, "the size on disk is behind i_size"}};
}

} // namespace stalemate::kernel::iomap
