#pragma once

#include "model/scenario/path_entry.hpp"

#include <vector>

namespace stalemate::kernel::dax {

struct World;
using DaxPath = PathOf<World>;

/// Every path, in the order in which they are listed. To add one: a file in paths/, a line here.
[[nodiscard]] const std::vector<DaxPath>& paths();

} // namespace stalemate::kernel::dax
