#pragma once

#include "model/own/own.hpp"
#include "model/scenario/json_text.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::own {

/// What a checked and merged scenario brings along. Throws ScenarioError for names that the model
/// has already and for what its shape cannot say.
[[nodiscard]] Own read(const Json& document);

/// A list of edits that has the shape of `patch`. `pointer` is where it stands.
[[nodiscard]] std::vector<Edit> read_patch(const Json& list, const std::string& pointer);

/// A path that has the shape of a member of `paths`.
[[nodiscard]] Path
read_path(const std::string& name, const Json& object, const std::string& pointer);

} // namespace stalemate::kernel::own
