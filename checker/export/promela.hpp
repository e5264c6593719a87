#pragma once

#include "checker/ir/model.hpp"

#include <string>

namespace stalemate {

/// The model in Promela, for Spin. States, transitions and depths are those of explore(); the text
/// itself says how to run it. Properties that Spin can not check in this form are named in a
/// comment. Throws ir::InvalidModel if the model cannot be exported.
[[nodiscard]] std::string promela(const ir::Model& model);

} // namespace stalemate
