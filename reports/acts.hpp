// What the steps of a trace read and wrote, cell by cell: what all explanations of it start from.
#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"

#include <cstddef>
#include <vector>

namespace stalemate::report {

/// A number of the model or of the trace as an index.
[[nodiscard]] inline std::size_t slot(int i) {
  return static_cast<std::size_t>(i);
}

/// One assignment that a step made, with everything that its value came from.
struct Write {
  ir::Cell cell;
  std::vector<ir::Cell> reads;
};

/// What a step did, in cells.
struct Act {
  int process = 0;
  std::vector<ir::Cell> decided; ///< Read by the guard, or waited for.
  std::vector<ir::Cell> taken;   ///< Locks acquired.
  std::vector<Write> writes;
};

class Acts {
 public:
  Acts(const ir::Model& model, const Trace& trace);

  [[nodiscard]] int size() const { return static_cast<int>(acts_.size()); }
  [[nodiscard]] const Act& at(int step) const { return acts_[static_cast<std::size_t>(step)]; }
  [[nodiscard]] int process(int step) const { return at(step).process; }

  /// The value of a cell before step `moment`, or at the end.
  [[nodiscard]] int value(const ir::Cell& cell, int moment) const;
  [[nodiscard]] const ir::Valuation& end() const { return states_.back(); }

  /// The last step before `before` that wrote the cell; -1 if it has its initial value. To write
  /// the value that is there already is nothing that others could see; to sample it again is.
  [[nodiscard]] int writer(const ir::Cell& cell, int before) const;

 private:
  const ir::Model& model_;
  std::vector<Act> acts_;
  std::vector<ir::Valuation> states_; ///< Before every step, and at the end.
};

/// By step the steps of other processes that left what it read, waited for or took, each once,
/// ascending.
[[nodiscard]] std::vector<std::vector<int>> read_from(const Acts& acts);

} // namespace stalemate::report
