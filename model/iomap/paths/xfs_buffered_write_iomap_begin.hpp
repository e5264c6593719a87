#pragma once

#include "checker/builder/path.hpp"
#include "model/iomap/paths/iter.hpp"

namespace stalemate::kernel::iomap {

/// Looks up the mapping at the write's position, reserves space if there is none.
void xfs_buffered_write_iomap_begin(build::Path& p, const World& w, const Iter& it);

/// In which fork a lookup has found its mapping; of what was allocated just now the end is known.
enum class Mapped : std::uint8_t { data_fork, cow_fork, allocated };

/// What a lookup at the write's position leaves in the iterator.
[[nodiscard]] build::Effect
remember(const World& w, const Iter& it, bool made_here, Mapped fork = Mapped::data_fork);

} // namespace stalemate::kernel::iomap
