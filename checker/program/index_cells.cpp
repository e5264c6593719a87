#include "checker/program/index_cells.hpp"

#include "checker/program/footprint.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace stalemate {

namespace {

using ir::ExpressionPtr;

/// Counts how often each cell is used in an index.
class Indexes {
 public:
  Indexes(const Ranges& ranges, const Known& known) : ranges_(ranges), known_(known) {}

  void look(const ExpressionPtr& e) { look_below(simplify(e, known_, ranges_)); }
  void look_at_index(const ExpressionPtr& e) { count(simplify(e, known_, ranges_)); }

  /// The cell used most, among those with at most `values_max` values.
  [[nodiscard]] std::optional<ir::Cell> best(int values_max) const {
    std::optional<ir::Cell> best;
    int most = 0;
    for (const auto& [cell, times] : times_) {
      const ir::Range range = ranges_.of(cell);
      // What is known already is counted where an index leaves open which cell is read.
      if (range.is_single() || known_.contains(cell)) continue;
      if (range.high - range.low >= values_max || times <= most) continue;
      best = cell;
      most = times;
    }
    return best;
  }

 private:
  void look_below(const ExpressionPtr& e) {
    if (e->op == ir::Op::load && !is_cell(e)) count(e->operands[0]);
    for (const auto& operand : e->operands)
      look_below(operand);
  }

  void count(const ExpressionPtr& index) {
    std::set<ir::Cell> cells;
    add_cells(index, cells);
    for (const ir::Cell& cell : cells)
      ++times_[cell];
  }

  const Ranges& ranges_;
  const Known& known_;
  std::map<ir::Cell, int> times_;
};

bool is_open(const ir::Alternative& alternative) {
  return has_open_index(alternative.guard) ||
         std::ranges::any_of(alternative.waits,
                             [](const ir::Wait& wait) { return has_open_index(wait.until); }) ||
         std::ranges::any_of(alternative.checks,
                             [](const ir::Check& check) { return has_open_index(check.holds); }) ||
         std::ranges::any_of(alternative.effects, [](const ir::Effect& effect) {
           return has_open_index(effect.value) || (effect.index && !ir::is_constant(effect.index));
         });
}

} // namespace

std::optional<ir::Cell> best_split(const std::vector<ir::Alternative>& alternatives,
                                   const Known& known,
                                   const Ranges& ranges,
                                   int values_max) {
  if (std::ranges::none_of(alternatives, [](const ir::Alternative& one) { return is_open(one); }))
    return std::nullopt;
  Indexes indexes(ranges, known);
  for (const ir::Alternative& alternative : alternatives) {
    indexes.look(alternative.guard);
    for (const ir::Wait& wait : alternative.waits)
      indexes.look(wait.until);
    for (const ir::Check& check : alternative.checks)
      indexes.look(check.holds);
    for (const ir::Effect& effect : alternative.effects) {
      indexes.look(effect.value);
      if (effect.index) {
        indexes.look(effect.index);
        indexes.look_at_index(effect.index);
      }
    }
  }
  return indexes.best(values_max);
}

} // namespace stalemate
