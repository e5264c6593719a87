#pragma once

#include "model/scenario/json_text.hpp"
#include "model/scenario/scenario.hpp"

#include <string>
#include <utility>
#include <vector>

namespace stalemate::kernel {

/// A label of one word, and what there is to say: {"kernel", "iomap_valid none"}.
using Description = std::vector<std::pair<std::string, std::string>>;

/// What a scenario that can be built asks, for people: how its kernel differs from the default, the
/// layout at the start, who runs. What can be asked beyond that adds a line here.
[[nodiscard]] Description describe(const Scenario& scenario);

/// A section of a scenario in as few words as possible: {"blocks": ["hole"], "cached": [{"folio":
/// 0, "dirty": true}]} is "blocks hole; cached (folio 0, dirty)".
[[nodiscard]] std::string in_words(const Json& section);

} // namespace stalemate::kernel
