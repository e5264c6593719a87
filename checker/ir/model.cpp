#include "checker/ir/model.hpp"

#include <algorithm>

namespace stalemate::ir {

Valuation initial(const Model& model) {
  Valuation state;
  for (const Variable& variable : model.variables)
    state.push_back(variable.initial);
  return state;
}

std::string step_name(const Model& model, const Step& step) {
  return model.functions[static_cast<std::size_t>(step.function)].name + ": " + step.phrase;
}

bool has_warnings(const Model& model) {
  return std::ranges::any_of(model.properties, &Property::is_warning);
}

Model without_warnings(Model model) {
  const auto is_warning = [&](const Check& check) {
    return check.property != none &&
           model.properties[static_cast<std::size_t>(check.property)].is_warning;
  };
  for (Process& process : model.processes)
    for (Step& step : process.steps)
      for (Alternative& alternative : step.alternatives)
        std::erase_if(alternative.checks, is_warning);
  return model;
}

} // namespace stalemate::ir
