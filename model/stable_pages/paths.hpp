#pragma once

#include "model/scenario/path_entry.hpp"

#include <vector>

namespace stalemate::kernel::stable_pages {

struct World;
using AnonPath = PathOf<World>;

/// Every path, in the order in which they are listed. To add one: a file in paths/, a line here.
[[nodiscard]] const std::vector<AnonPath>& paths();

} // namespace stalemate::kernel::stable_pages
