#pragma once

#include "model/scenario/path_entry.hpp"

#include <vector>

namespace stalemate::kernel::iomap {

struct World;
using IomapPath = PathOf<World>;

/// Every path, in the order in which they are listed. To add one: a file in paths/, a line here.
[[nodiscard]] const std::vector<IomapPath>& paths();

} // namespace stalemate::kernel::iomap
