#pragma once

#include "model/dax/paths.hpp"

namespace stalemate::kernel::dax {

/// DMA into a mapping of the file, on behalf of I/O to something else.
[[nodiscard]] DaxPath dma();

/// Direct I/O on the file itself whose user buffer is a mapping of the file.
[[nodiscard]] DaxPath direct_io();

} // namespace stalemate::kernel::dax
