// Interval analysis, after Cousot and Cousot: flow-sensitive only in what the guard and the step
// itself say, which is what a model needs most.

#include "checker/program/ranges.hpp"

#include "checker/program/index_cells.hpp"

#include <algorithm>
#include <utility>

namespace stalemate {

namespace {

/// From this round on, what still grows gets its declared range: a counter to a million would need
/// a million rounds.
constexpr int rounds_max = 32;

ir::Range joined(const ir::Range& a, const ir::Range& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

} // namespace

Ranges::Ranges(const ir::Model& model) {
  for (const ir::Variable& variable : model.variables) {
    auto& cells = cells_.emplace_back();
    for (const int value : variable.initial)
      cells.push_back({value, value});
  }
  while (!is_settled_) {
    is_settled_ = true;
    ++round_;
    for (const ir::Process& process : model.processes) {
      // Copied: running a step can add locations, which are run in the next round.
      const ir::Range locations = of({process.location, 0});
      for (auto step = locations.low; step <= locations.high; ++step)
        if (step < process.finished()) run(model, process, static_cast<int>(step));
    }
  }
}

ir::Range Ranges::of(ir::VariableId variable, const ir::Range& indexes) const {
  ir::Range all = of({variable, static_cast<int>(indexes.low)});
  for (auto i = indexes.low; i <= indexes.high; ++i)
    all = joined(all, of({variable, static_cast<int>(i)}));
  return all;
}

void Ranges::run(const ir::Model& model, const ir::Process& process, int step) {
  for (const auto& alternative : process.steps[static_cast<std::size_t>(step)].alternatives)
    run(model, process, alternative, {{{process.location, 0}, step}}, split_pieces_max);
}

void Ranges::run(const ir::Model& model,
                 const ir::Process& process,
                 const ir::Alternative& alternative,
                 Known known,
                 int pieces_max) {
  // One value of an index after the other, so that each cell gets only what is meant for it.
  const auto split =
      best_split({alternative}, known, *this, std::min(pieces_max, split_values_max));
  if (split) {
    const ir::Range values = of(*split);
    for (auto value = values.low; value <= values.high; ++value) {
      Known more = known;
      more[*split] = static_cast<int>(value);
      run(model,
          process,
          alternative,
          std::move(more),
          pieces_max / static_cast<int>(values.high - values.low + 1));
    }
    return;
  }

  ir::ExpressionPtr enabled = alternative.guard;
  for (const ir::Wait& wait : alternative.waits)
    enabled = ir::fold(ir::Op::both, {enabled, wait.until});
  enabled = simplify(enabled, known, *this);
  if (ir::is_constant(enabled, 0)) return;
  learn(enabled, true, known);

  for (const ir::Effect& effect : alternative.effects) {
    const ir::Range value = simplify(effect.value, known, *this)->range;
    const ir::Range index =
        effect.index ? simplify(effect.index, known, *this)->range : ir::Range{0, 0};
    const ir::Range declared = model.variables[static_cast<std::size_t>(effect.variable)].range;
    const ir::Range kept{std::max(value.low, declared.low), std::min(value.high, declared.high)};
    if (kept.low > kept.high) return; // Always an error of the model: nothing is stored.
    for (auto i = index.low; i <= index.high; ++i) {
      const ir::Cell cell{effect.variable, static_cast<int>(i)};
      widen(model, cell, kept);
      known.erase(cell);
    }
    if (index.is_single() && kept.is_single())
      known[{effect.variable, static_cast<int>(index.low)}] = static_cast<int>(kept.low);
  }
  widen(model, {process.location, 0}, {alternative.next, alternative.next});
}

void Ranges::widen(const ir::Model& model, ir::Cell cell, ir::Range values) {
  ir::Range& range =
      cells_[static_cast<std::size_t>(cell.variable)][static_cast<std::size_t>(cell.index)];
  if (range.contains(values)) return;
  range = round_ < rounds_max ? joined(range, values)
                              : model.variables[static_cast<std::size_t>(cell.variable)].range;
  is_settled_ = false;
}

} // namespace stalemate
