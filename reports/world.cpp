#include "reports/world.hpp"

#include "reports/ending.hpp"
#include "reports/words.hpp"

#include <algorithm>

namespace stalemate::report {

namespace {

constexpr std::size_t few = 4;

/// Every cell with a constant index that the expression names, also where this state does not look.
void collect_named(const ir::Expression& e, std::vector<ir::Cell>& cells) {
  for (const auto& operand : e.operands)
    collect_named(*operand, cells);
  if (e.op != ir::Op::load) return;
  if (e.operands.empty())
    cells.push_back({e.value, 0});
  else if (e.operands[0]->op == ir::Op::constant)
    cells.push_back({e.value, e.operands[0]->value});
}

std::vector<ir::Cell> named_by_claim(const ir::Model& model, const Trace& trace) {
  std::vector<ir::Cell> cells;
  if (trace.property < 0 || trace.part < 0) return cells;
  const ir::Property& property = model.properties[static_cast<std::size_t>(trace.property)];
  if (is_example(model, trace)) {
    collect_named(*property.goal, cells);
    return cells;
  }
  const auto& parts = property.parts;
  collect_named(*parts[static_cast<std::size_t>(trace.part)].holds, cells);
  return cells;
}

bool changes(const Trace& trace, const ir::Cell& cell) {
  return std::ranges::any_of(trace.steps, [&](const TraceStep& step) {
    return std::ranges::any_of(step.changes, [&](const Change& c) { return c.cell == cell; });
  });
}

bool is_refused(const ir::Model& model, const Trace& trace, const ir::Cell& cell) {
  return std::ranges::any_of(contradictions(model, trace),
                             [&](const Contradiction& c) { return c.cell == cell; });
}

ir::Valuation last_state(const Trace& trace) {
  auto state = trace.initial;
  for (const TraceStep& step : trace.steps)
    for (const Change& c : step.changes)
      state[static_cast<std::size_t>(c.cell.variable)][static_cast<std::size_t>(c.cell.index)] =
          c.after;
  return state;
}

std::vector<ir::Cell>
chosen(const ir::Model& model, const Trace& trace, const Causality& causality, std::size_t most) {
  const bool is_deadlock = trace.verdict == Verdict::deadlock;
  std::vector<ir::Cell> cells;
  const auto add = [&](const ir::Cell& cell) {
    const auto& variable = variable_of(model, cell);
    const bool is_told = variable.kind == ir::Kind::holder && !is_deadlock; // "takes", "releases"
    const bool is_still =
        !variable.ghost && !changes(trace, cell) && !is_refused(model, trace, cell);
    if (variable.kind == ir::Kind::location || is_told || is_still || cells.size() >= most) return;
    if (std::ranges::find(cells, cell) == cells.end()) cells.push_back(cell);
  };
  for (const Seen& s : trace.values)
    add(s.cell);
  for (const Stale& s : causality.stale)
    add(s.cell);
  for (const OldLoad& load : causality.old_loads)
    add(load.cell);
  for (const Turn& turn : causality.turns)
    add(turn.cell);
  for (const ir::Cell& cell : named_by_claim(model, trace))
    add(cell);
  // What processes saw of each other is in the arrows; it is repeated only where the claim says
  // little.
  for (const Link& l : causality.links)
    if (!l.is_lock && cells.size() < few) add(l.cell);
  for (const Blocked& b : trace.blocked)
    for (const ir::Cell& cell : waited_for(model, b, last_state(trace)))
      add(cell);
  std::ranges::sort(cells);
  return cells;
}

/// The two sides of a contradiction if there is one, otherwise everything that the claim read.
bool is_accented(const ir::Model& model, const Trace& trace, const ir::Cell& cell) {
  if (is_example(model, trace)) return false;
  const auto pairs = contradictions(model, trace);
  if (!pairs.empty())
    return std::ranges::any_of(
        pairs, [&](const Contradiction& c) { return c.cell == cell || c.ghost == cell; });
  return std::ranges::any_of(trace.values, [&](const Seen& s) { return s.cell == cell; });
}

std::vector<Span> spans(const ir::Variable& variable, const Trace& trace, const ir::Cell& cell) {
  int value =
      trace.initial[static_cast<std::size_t>(cell.variable)][static_cast<std::size_t>(cell.index)];
  const auto span = [&](int from) {
    const bool plain = variable.kind != ir::Kind::named && variable.kind != ir::Kind::number;
    return Span{from, from, ir::value_name(variable, value), plain && value == 0};
  };
  std::vector<Span> result = {span(0)};
  for (std::size_t i = 0; i < trace.steps.size(); ++i) {
    const int moment = static_cast<int>(i) + 1;
    for (const Change& c : trace.steps[i].changes) {
      if (c.cell != cell) continue;
      value = c.after;
      result.push_back(span(moment));
    }
    result.back().to = moment;
  }
  return result;
}

} // namespace

std::vector<Strip>
world(const ir::Model& model, const Trace& trace, const Causality& causality, std::size_t most) {
  std::vector<Strip> strips;
  for (const ir::Cell& cell : chosen(model, trace, causality, most)) {
    const auto& variable = variable_of(model, cell);
    const bool is_broken = is_accented(model, trace, cell);
    strips.push_back({ir::cell_name(variable, cell.index),
                      variable.ghost,
                      is_broken,
                      spans(variable, trace, cell)});
  }
  return strips;
}

} // namespace stalemate::report
