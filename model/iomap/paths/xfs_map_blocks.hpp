#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

/// struct xfs_writepage_ctx: the mapping that writeback caches from block to block of a pass.
struct WritepageContext {
  build::Place kind;             ///< CachedKind
  build::Place first, end;       ///< Blocks that the mapping covers.
  build::Place place;            ///< Where the first is on disk.
  build::Place seq, cow_seq;     ///< The counters when it was looked up.
  build::Place saw_seq, saw_cow; ///< The same for a lookup that goes on under a second hold.
  build::Place failed;           ///< 1 + the block of the folio that could not be mapped, or 0.

  WritepageContext(build::Path& path, const World& w);

  /// A new pass begins with nothing.
  [[nodiscard]] build::Effect reset(const World& w) const;
};

/// Finds where writeback shall write a block of the locked folio `index`, allocating if need be,
/// and adds the block to an ioend.
void xfs_map_blocks(build::Path& p,
                    const World& w,
                    const WritepageContext& context,
                    const build::Expr& index,
                    int block_in_folio);

} // namespace stalemate::kernel::iomap
