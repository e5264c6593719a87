#pragma once

#include "model/paths/paths.hpp"

namespace stalemate::kernel {

/// The device and the completion of one block's I/O. Every block has one as soon as a scenario has
/// writeback; scenarios do not list it.
[[nodiscard]] PathEntry io_completion();

} // namespace stalemate::kernel
