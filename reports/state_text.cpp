#include "reports/state_text.hpp"

#include "reports/words.hpp"

#include <fmt/format.h>

namespace stalemate::report {

std::string state_text(const ir::Model& model, const ir::Valuation& state) {
  std::string text;
  for (std::size_t v = 0; v < state.size(); ++v)
    for (std::size_t i = 0; i < state[v].size(); ++i) {
      const ir::Variable& variable = model.variables[v];
      if (variable.kind == ir::Kind::location || state[v][i] == variable.initial[i]) continue;
      const ir::Cell cell{static_cast<int>(v), static_cast<int>(i)};
      append(text,
             fmt::format("{} {}",
                         ir::cell_name(variable, cell.index),
                         value_text(model, cell, state[v][i])));
    }
  return text.empty() ? "as at the start" : text;
}

} // namespace stalemate::report
