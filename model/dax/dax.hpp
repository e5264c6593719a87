#pragma once

#include "model/scenario/subsystem.hpp"

namespace stalemate::kernel::dax {

/// Files whose pages are the storage itself: DMA into a mapping against truncate and hole punch.
[[nodiscard]] Subsystem subsystem();

} // namespace stalemate::kernel::dax
