#pragma once

#include "model/scenario/json_text.hpp"

#include <vector>

namespace stalemate::kernel::inquiry {

/// A scenario about a file, with a shorter one: without one of its folios, or with only one block
/// of every folio, or only one segment of every block. What counts in segments, blocks or folios is
/// counted anew. Empty for a scenario about anything else.
[[nodiscard]] std::vector<Json> with_fewer_blocks(const Json& scenario);

} // namespace stalemate::kernel::inquiry
