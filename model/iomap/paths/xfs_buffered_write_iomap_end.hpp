#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/paths/iter.hpp"

namespace stalemate::kernel::iomap {

/// Can a write make a reservation that it then does not use?
[[nodiscard]] bool may_reserve(const World& w);

/// Whether the caller holds invalidate_lock, as one that zeroes or unshares does.
enum class Caller : std::uint8_t { holds_nothing, holds_exclusive, holds_shared };

/// Gives back what a write reserved and did not use, then goes on at `done`. Only where
/// may_reserve(): elsewhere a write never makes a reservation of its own.
void xfs_buffered_write_iomap_end(
    build::Path& p, const World& w, const Iter& it, Caller caller, build::Label done);

} // namespace stalemate::kernel::iomap
