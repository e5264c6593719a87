#pragma once

#include "checker/ir/model.hpp"
#include "model/own/own.hpp"

#include <functional>
#include <string>
#include <vector>

namespace stalemate::kernel::own {

/// Declares a variable; with `owner`, a process's own one, called after it. Throws ScenarioError.
void declare(ir::Model& model, const Variable& variable, int owner = ir::shared);

/// Where a way goes on: the number of the step that `go` names.
using Target = std::function<int(const Text& go)>;

/// The step as process `process` runs it. Ways that fall off have `next` ir::none; those that end
/// the process `end`. `ret` is where one goes on that leaves the function. Throws ScenarioError.
[[nodiscard]] ir::Step
recorded(ir::Model& model, int process, const Step& step, const Target& target, int ret, int end);

/// The steps of a path as process `process` runs them, which has none yet. Throws ScenarioError.
void record(ir::Model& model, int process, const std::vector<Step>& steps);

} // namespace stalemate::kernel::own
