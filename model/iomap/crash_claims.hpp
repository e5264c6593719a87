#pragma once

#include "model/iomap/objects/world.hpp"
#include "model/scenario/property_entry.hpp"

namespace stalemate::kernel::iomap {

/// Claims about what a crash would leave of the file.
[[nodiscard]] Parts no_zeroes_after_a_crash(const World& w);
[[nodiscard]] Parts no_foreign_data_after_a_crash(const World& w);
[[nodiscard]] Parts disk_size_within_size(const World& w);

} // namespace stalemate::kernel::iomap
