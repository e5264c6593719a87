#pragma once

#include "model/own/own.hpp"
#include "model/scenario/json_text.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::own {

/// The text under a key, with its place. `pointer` is the object's.
[[nodiscard]] Text text_of(const Json& object, const std::string& key, const std::string& pointer);

/// The texts under a key that holds one or a list of them; none if it is absent.
[[nodiscard]] std::vector<Text>
texts_of(const Json& object, const std::string& key, const std::string& pointer);

/// A step that has the shape of one. Throws ScenarioError for ways that go on in two places.
[[nodiscard]] Step read_step(const Json& object, const std::string& pointer);

} // namespace stalemate::kernel::own
