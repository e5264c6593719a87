#pragma once

#include "model/scenario/path_entry.hpp"

#include <vector>

namespace stalemate::kernel::swap {

struct World;
using SwapPath = PathOf<World>;

/// Every path, in the order in which they are listed. To add one: a file in paths/, a line here.
[[nodiscard]] const std::vector<SwapPath>& paths();

} // namespace stalemate::kernel::swap
