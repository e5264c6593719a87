// Texts of a scenario and what they mean in a model; what is wrong with them is said at their
// place.
#pragma once

#include "checker/edit/find_steps.hpp"
#include "checker/edit/locks.hpp"
#include "checker/ir/model.hpp"
#include "model/own/own.hpp"

#include <functional>
#include <string>
#include <vector>

namespace stalemate::kernel::own {

/// All throw ScenarioError. `process` is the one that the text is about, or ir::none.
[[nodiscard]] ir::ExpressionPtr
condition_of(const ir::Model& model, int process, const Text& text, bool may_ask_where = false);
[[nodiscard]] ir::ExpressionPtr value_of(const ir::Model& model, int process, const Text& text);
[[nodiscard]] ir::ExpressionPtr place_of(const ir::Model& model, int process, const Text& text);
[[nodiscard]] ir::Effect effect_of(const ir::Model& model, int process, const Text& text);
[[nodiscard]] edit::Lock lock_of(const ir::Model& model, const Text& text);
[[nodiscard]] std::vector<edit::Site> sites_of(const ir::Model& model,
                                               const Text& text,
                                               const std::string& in,
                                               const std::string& in_pointer);

/// Does something to a model and says at `pointer` what is wrong with it, if anything is.
void at_place(const std::string& pointer, const std::function<void()>& change);

} // namespace stalemate::kernel::own
