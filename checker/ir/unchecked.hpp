#pragma once

#include "checker/ir/model.hpp"

#include <string>
#include <vector>

namespace stalemate::ir {

/// Forgets the assertions that no step checks: nothing can break them. Returns their names.
std::vector<std::string> drop_unchecked(Model& model);

} // namespace stalemate::ir
