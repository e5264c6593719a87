#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// The data of a block that was submitted reaches the disk.
[[nodiscard]] build::Alternative arrival(const World& w, int block);

/// The device and the completion of one block's I/O. Every block has one as soon as a scenario has
/// writeback; scenarios do not list it.
[[nodiscard]] IomapPath io_completion();

} // namespace stalemate::kernel::iomap
