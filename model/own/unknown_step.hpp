// A step that an edit or a claim names, and that there is not: is it elsewhere?
#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/scenario.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::own {

/// As the text that names it stands in the scenario.
class UnknownStep : public ScenarioError {
 public:
  UnknownStep(const std::string& pointer,
              std::string step,
              std::string narrowed_to,
              std::vector<std::string> steps)
      : ScenarioError(pointer, "unknown step " + step), name(std::move(step)),
        in(std::move(narrowed_to)), known(std::move(steps)) {}

  std::string name;
  std::string in; ///< A path or a process; empty for all.
  std::vector<std::string> known;
};

/// The same with what a person would look for next: another path or function that has the step, the
/// edit that took it away, the knob with which a path has it; or else how to list the steps.
/// `before` is the model before its edits.
[[nodiscard]] ScenarioError
explained(const Scenario& scenario, const ir::Model& before, const UnknownStep& error);

} // namespace stalemate::kernel::own
