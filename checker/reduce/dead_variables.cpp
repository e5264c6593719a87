#include "checker/reduce/dead_variables.hpp"

#include "checker/reduce/dead_cells.hpp"

namespace stalemate {

ir::Model without_dead_values(ir::Model model, const std::set<ir::VariableId>& kept) {
  const DeadCells dead = find_dead_cells(model);
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    auto& steps = model.processes[p].steps;
    for (std::size_t s = 0; s < steps.size(); ++s)
      for (std::size_t a = 0; a < steps[s].alternatives.size(); ++a)
        for (const ir::Cell& cell : dead.after[p][s][a]) {
          if (kept.contains(cell.variable)) continue;
          const auto& initial = model.variables[static_cast<std::size_t>(cell.variable)].initial;
          steps[s].alternatives[a].effects.push_back(
              assignment(model, cell, initial[static_cast<std::size_t>(cell.index)]));
        }
  }
  return model;
}

std::set<ir::Cell> dead_at_start(const ir::Model& model) {
  std::set<ir::Cell> dead;
  for (const auto& cells : find_dead_cells(model).at_first)
    dead.insert(cells.begin(), cells.end());
  return dead;
}

} // namespace stalemate
