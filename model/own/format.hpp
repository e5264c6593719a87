#pragma once

#include "model/scenario/shape.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::own {

/// The sections of a scenario for what it brings along: state, paths, claims and patch.
[[nodiscard]] std::vector<Member> sections();

/// The shape of a list of edits, as in `patch`.
[[nodiscard]] Shape patch_shape();

/// The shape of a path of the scenario's own, and of what `show --as json` prints.
[[nodiscard]] Shape path_shape();

} // namespace stalemate::kernel::own
