#pragma once

#include "checker/ir/model.hpp"
#include "model/own/own.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::own {

/// Adds those of the claims that are asked for: all if `properties` is empty, else those in it. No
/// step may be renumbered any more. Throws ScenarioError.
void add(const std::vector<Claim>& claims,
         const std::vector<std::string>& properties,
         ir::Model& model);

} // namespace stalemate::kernel::own
