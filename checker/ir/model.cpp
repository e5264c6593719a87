#include "checker/ir/model.hpp"

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

} // namespace stalemate::ir
