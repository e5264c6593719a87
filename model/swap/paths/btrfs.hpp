#pragma once

#include "checker/builder/path.hpp"
#include "model/swap/paths.hpp"

namespace stalemate::kernel::swap {

/// btrfs_swap_activate(): falls off where the file can be swapped to, goes to `refused` otherwise.
void btrfs_swap_activate(build::Path& path, const World& world, build::Label refused);

/// btrfs_dio_iomap_begin() for a swap request of "mm: Use DIO for swap".
void btrfs_map_swap(build::Path& path, const World& world);

/// Does the I/O of a page go to the place that has the number of its logical address?
[[nodiscard]] bool takes_logical_for_device(const World& world);

[[nodiscard]] SwapPath btrfs_relocate();
[[nodiscard]] SwapPath btrfs_snapshot();

} // namespace stalemate::kernel::swap
