#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"

#include <set>
#include <vector>

namespace stalemate {

/// Where the values of cells that only one process uses are not needed: nothing reads them any more
/// before they are written again, and no claim ever does.
struct DeadCells {
  using Cells = std::set<ir::Cell>;

  std::vector<Cells> at_first; ///< By process: where it begins.
  /// By process, step and alternative: after that. Only what was needed before the alternative or
  /// is written by it; the rest was dead already.
  std::vector<std::vector<std::vector<Cells>>> after;
};

[[nodiscard]] DeadCells find_dead_cells(const ir::Model& model);

/// The assignment of a constant to a cell.
[[nodiscard]] ir::Effect assignment(const ir::Model& model, const ir::Cell& cell, int value);

} // namespace stalemate
