#pragma once

#include "checker/ir/model.hpp"

#include <functional>

namespace stalemate::tests {

/// A smaller model that is bad in the same way: alternatives, effects, guards, claims and whole
/// processes are taken away as long as `is_bad` stays true. For people who must understand a
/// disagreement. It works on any model, also on one that no generator made.
[[nodiscard]] ir::Model shrunk(ir::Model model,
                               const std::function<bool(const ir::Model&)>& is_bad);

/// How many alternatives the model has.
[[nodiscard]] int alternatives(const ir::Model& model);

} // namespace stalemate::tests
