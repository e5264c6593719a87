#pragma once

#include "model/scenario/variety.hpp"

namespace stalemate::kernel::iomap {

/// The files of a few blocks, each a folio of two segments.
[[nodiscard]] Variety file_variety();

} // namespace stalemate::kernel::iomap
