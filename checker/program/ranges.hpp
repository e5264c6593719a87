#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"

#include <map>
#include <vector>

namespace stalemate {

/// The values that each cell can take: found by running every alternative on ranges instead of
/// values, until nothing new comes up. Every reachable state is inside, and every step from a state
/// that is inside stays there. Usually far narrower than what the model declares: a flag that a
/// knob turns off is always 0, and a cell that only one writer writes does not need the others'
/// names.
class Ranges {
 public:
  explicit Ranges(const ir::Model& model);

  [[nodiscard]] const ir::Range& of(ir::Cell cell) const {
    return cells_[static_cast<std::size_t>(cell.variable)][static_cast<std::size_t>(cell.index)];
  }
  /// Of all cells of the variable with an index in the range.
  [[nodiscard]] ir::Range of(ir::VariableId variable, const ir::Range& indexes) const;

 private:
  class Changes; ///< Which variable was widened when, and which steps were run since.

  void run(const ir::Model& model, const ir::Process& process, int step, Changes& changes);
  void run(const ir::Model& model,
           const ir::Process& process,
           const ir::Alternative& alternative,
           std::map<ir::Cell, int> known,
           int pieces_max,
           Changes& changes);
  void widen(const ir::Model& model, ir::Cell cell, ir::Range values, Changes& changes);

  std::vector<std::vector<ir::Range>> cells_;
  bool is_settled_ = false;
  int round_ = 0;
};

} // namespace stalemate
