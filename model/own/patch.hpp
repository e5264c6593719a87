#pragma once

#include "checker/ir/model.hpp"
#include "model/own/own.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::own {

/// The edit in one line: "move A before B, in reclaim".
[[nodiscard]] std::string text_of(const Edit& edit);

/// Makes the edits, in order, each on what the earlier ones left, and adds their lines to
/// Model::edits; one that changes nothing says so there. `in` narrows all of them to a path. Throws
/// ScenarioError with the place of the edit that means nothing.
void apply(const std::vector<Edit>& patch, ir::Model& model, const std::string& in = "");

} // namespace stalemate::kernel::own
