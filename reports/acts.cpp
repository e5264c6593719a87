#include "reports/acts.hpp"

#include <algorithm>
#include <set>

namespace stalemate::report {

namespace {

using ir::Cell;

int& value_of(ir::Valuation& state, const Cell& cell) {
  return state[slot(cell.variable)][slot(cell.index)];
}

/// Cells that the expression read, where cells written by this very step stand for what went into
/// them.
std::vector<Cell>
sources(const ir::ExpressionPtr& e, const ir::Valuation& state, const std::vector<Write>& writes) {
  std::vector<Cell> result;
  if (!e) return result;
  for (const Cell& cell : ir::cells_read(*e, state)) {
    const auto own = std::find_if(
        writes.rbegin(), writes.rend(), [&](const Write& w) { return w.cell == cell; });
    if (own == writes.rend())
      result.push_back(cell);
    else
      result.insert(result.end(), own->reads.begin(), own->reads.end());
  }
  return result;
}

/// Runs the step's effects and notes who read what. Leaves the state after the step.
Act act(const ir::Model& model, const TraceStep& step, ir::Valuation& state) {
  const auto& from = model.processes[slot(step.process)].steps[slot(step.step)];
  const auto& way = from.alternatives[slot(step.alternative)];
  Act result{step.process, ir::cells_read(*way.guard, state), {}, {}};
  for (const ir::Wait& wait : way.waits) {
    const auto read = ir::cells_read(*wait.until, state);
    auto& cells = wait.acquires ? result.taken : result.decided;
    cells.insert(cells.end(), read.begin(), read.end());
  }
  for (const ir::Effect& effect : way.effects) {
    const auto index = effect.index ? static_cast<int>(ir::evaluate(*effect.index, state)) : 0;
    Write write{{effect.variable, index}, sources(effect.value, state, result.writes)};
    const auto by_index = sources(effect.index, state, result.writes);
    write.reads.insert(write.reads.end(), by_index.begin(), by_index.end());
    value_of(state, write.cell) = static_cast<int>(ir::evaluate(*effect.value, state));
    result.writes.push_back(std::move(write));
  }
  return result;
}

} // namespace

Acts::Acts(const ir::Model& model, const Trace& trace) : model_(model) {
  auto state = trace.initial;
  states_.push_back(state);
  for (const TraceStep& step : trace.steps) {
    acts_.push_back(act(model, step, state));
    states_.push_back(state);
  }
}

int Acts::value(const Cell& cell, int moment) const {
  return states_[slot(moment)][slot(cell.variable)][slot(cell.index)];
}

int Acts::writer(const Cell& cell, int before) const {
  const bool is_private = model_.variables[slot(cell.variable)].owner != ir::shared;
  for (int i = before - 1; i >= 0; --i) {
    if (!is_private && value(cell, i) == value(cell, i + 1)) continue;
    for (const Write& w : at(i).writes)
      if (w.cell == cell) return i;
  }
  return -1;
}

std::vector<std::vector<int>> read_from(const Acts& acts) {
  std::vector<std::vector<int>> sources;
  for (int step = 0; step < acts.size(); ++step) {
    std::set<int> found;
    const auto add = [&](const std::vector<Cell>& cells) {
      for (const Cell& cell : cells)
        if (const int source = acts.writer(cell, step);
            source >= 0 && acts.process(source) != acts.process(step))
          found.insert(source);
    };
    add(acts.at(step).decided);
    add(acts.at(step).taken);
    for (const Write& write : acts.at(step).writes)
      add(write.reads);
    sources.emplace_back(found.begin(), found.end());
  }
  return sources;
}

} // namespace stalemate::report
