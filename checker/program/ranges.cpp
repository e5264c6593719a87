// Interval analysis, after Cousot and Cousot: flow-sensitive only in what the guard and the step
// itself say, which is what a model needs most.

#include "checker/program/ranges.hpp"

#include "checker/program/index_cells.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace stalemate {

namespace {

/// From this round on, what still grows gets its declared range: a counter to a million would need
/// a million rounds.
constexpr int rounds_max = 32;

ir::Range joined(const ir::Range& a, const ir::Range& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

void add_variables(const ir::ExpressionPtr& e, std::vector<ir::VariableId>& variables) {
  if (e->op == ir::Op::load) variables.push_back(e->value);
  for (const auto& operand : e->operands)
    add_variables(operand, variables);
}

/// Those of which the ranges decide what running the step does. Checks decide how it is split.
std::vector<ir::VariableId> read_by(const ir::Step& step) {
  std::vector<ir::VariableId> all;
  for (const ir::Alternative& alternative : step.alternatives) {
    add_variables(alternative.guard, all);
    for (const ir::Wait& wait : alternative.waits)
      add_variables(wait.until, all);
    for (const ir::Check& check : alternative.checks)
      add_variables(check.holds, all);
    for (const ir::Effect& effect : alternative.effects) {
      add_variables(effect.value, all);
      if (effect.index) add_variables(effect.index, all);
    }
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

} // namespace

class Ranges::Changes {
 public:
  explicit Changes(const ir::Model& model) : widened_(model.variables.size()) {
    for (const ir::Process& process : model.processes) {
      auto& runs = runs_.emplace_back(process.steps.size());
      const int first = model.variables[static_cast<std::size_t>(process.location)].initial.front();
      if (first < process.finished()) runs[static_cast<std::size_t>(first)].is_reached = true;
    }
  }

  /// Some alternative that can be taken leads there. True if none did before.
  bool reach(std::size_t process, int step) {
    auto& runs = runs_[process];
    const auto number = static_cast<std::size_t>(step);
    return number < runs.size() && !std::exchange(runs[number].is_reached, true);
  }

  void widen(ir::VariableId variable) { widened_[static_cast<std::size_t>(variable)] = ++count_; }

  /// Must the step be run? Where nothing that it reads has changed since it was, running it again
  /// would change nothing. The caller runs it if so.
  bool begin(std::size_t process, std::size_t number, const ir::Step& step) {
    Run& run = runs_[process][number];
    if (!run.is_reached) return false;
    const bool is_first = run.at == 0;
    if (is_first) run.reads = read_by(step);
    const bool is_stale = is_first || std::ranges::any_of(run.reads, [&](ir::VariableId variable) {
                            return widened_[static_cast<std::size_t>(variable)] >= run.at;
                          });
    if (is_stale) run.at = count_ + 1;
    return is_stale;
  }

 private:
  struct Run {
    std::vector<ir::VariableId> reads;
    std::uint64_t at = 0; ///< The number of the next change when it was run; 0: never.
    bool is_reached = false;
  };

  std::vector<std::uint64_t> widened_; ///< By variable: the number of its last change.
  std::vector<std::vector<Run>> runs_; ///< By process and step.
  std::uint64_t count_ = 0;
};

Ranges::Ranges(const ir::Model& model) {
  for (const ir::Variable& variable : model.variables) {
    auto& cells = cells_.emplace_back();
    for (const int value : variable.initial)
      cells.push_back({value, value});
  }
  Changes changes(model);
  while (!is_settled_) {
    is_settled_ = true;
    ++round_;
    for (std::size_t p = 0; p < model.processes.size(); ++p) {
      const ir::Process& process = model.processes[p];
      for (std::size_t number = 0; number < process.steps.size(); ++number)
        if (changes.begin(p, number, process.steps[number]))
          run(model, process, static_cast<int>(number), changes);
    }
  }
}

ir::Range Ranges::of(ir::VariableId variable, const ir::Range& indexes) const {
  ir::Range all = of({variable, static_cast<int>(indexes.low)});
  for (auto i = indexes.low; i <= indexes.high; ++i)
    all = joined(all, of({variable, static_cast<int>(i)}));
  return all;
}

void Ranges::run(const ir::Model& model, const ir::Process& process, int step, Changes& changes) {
  for (const auto& alternative : process.steps[static_cast<std::size_t>(step)].alternatives)
    run(model, process, alternative, {{{process.location, 0}, step}}, split_pieces_max, changes);
}

void Ranges::run(const ir::Model& model,
                 const ir::Process& process,
                 const ir::Alternative& alternative,
                 Known known,
                 int pieces_max,
                 Changes& changes) {
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
          pieces_max / static_cast<int>(values.high - values.low + 1),
          changes);
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
      widen(model, cell, kept, changes);
      known.erase(cell);
    }
    if (index.is_single() && kept.is_single())
      known[{effect.variable, static_cast<int>(index.low)}] = static_cast<int>(kept.low);
  }
  const auto number = static_cast<std::size_t>(&process - model.processes.data());
  if (changes.reach(number, alternative.next)) is_settled_ = false;
  widen(model, {process.location, 0}, {alternative.next, alternative.next}, changes);
}

void Ranges::widen(const ir::Model& model, ir::Cell cell, ir::Range values, Changes& changes) {
  ir::Range& range =
      cells_[static_cast<std::size_t>(cell.variable)][static_cast<std::size_t>(cell.index)];
  if (range.contains(values)) return;
  range = round_ < rounds_max ? joined(range, values)
                              : model.variables[static_cast<std::size_t>(cell.variable)].range;
  changes.widen(cell.variable);
  is_settled_ = false;
}

} // namespace stalemate
