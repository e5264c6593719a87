#include "checker/program/footprint.hpp"

#include "checker/program/definition.hpp"

#include <algorithm>

namespace stalemate {

namespace {

void add_range(ir::VariableId variable, const ir::ExpressionPtr& index, std::set<ir::Cell>& cells) {
  const ir::Range range = index ? index->range : ir::Range{0, 0};
  for (auto i = range.low; i <= range.high; ++i)
    cells.insert({variable, static_cast<int>(i)});
}

void add_resolved(const ir::ExpressionPtr& e,
                  const ir::Valuation& state,
                  std::set<ir::Cell>& cells) {
  for (const ir::Cell& cell : ir::cells_read(*e, state))
    cells.insert(cell);
}

bool meet(const std::set<ir::Cell>& a, const std::set<ir::Cell>& b) {
  return std::ranges::any_of(a, [&](const ir::Cell& cell) { return b.contains(cell); });
}

} // namespace

void add_cells(const ir::ExpressionPtr& e, std::set<ir::Cell>& cells) {
  if (e->op == ir::Op::load)
    add_range(e->value, e->operands.empty() ? nullptr : e->operands[0], cells);
  for (const auto& operand : e->operands)
    add_cells(operand, cells);
}

Footprint static_footprint(const ir::Process& process, const ir::Alternative& alternative) {
  Footprint result;
  result.enabled.insert({process.location, 0});
  result.written.insert({process.location, 0});
  add_cells(alternative.guard, result.enabled);
  for (const ir::Wait& wait : alternative.waits)
    add_cells(wait.until, result.enabled);
  result.read = result.enabled;
  for (const ir::Check& check : alternative.checks)
    add_cells(check.holds, result.read);
  for (const ir::Effect& effect : alternative.effects) {
    add_cells(effect.value, result.read);
    if (effect.index) add_cells(effect.index, result.read);
    add_range(effect.variable, effect.index, result.written);
  }
  return result;
}

Footprint resolved_footprint(const ir::Model& model,
                             const ir::Process& process,
                             const ir::Alternative& alternative,
                             const ir::Valuation& state) {
  Footprint result;
  result.enabled.insert({process.location, 0});
  add_resolved(alternative.guard, state, result.enabled);
  for (const ir::Wait& wait : alternative.waits)
    add_resolved(wait.until, state, result.enabled);
  result.read = result.enabled;
  if (!is_enabled(alternative, state)) return result;

  result.written.insert({process.location, 0});
  for (const ir::Check& check : alternative.checks)
    add_resolved(check.holds, state, result.read);
  ir::Valuation now = state;
  for (const ir::Effect& effect : alternative.effects) {
    // What the alternative wrote itself is no longer read from the state, but counting it is safe.
    add_resolved(effect.value, now, result.read);
    if (effect.index) add_resolved(effect.index, now, result.read);
    const auto index = effect.index ? ir::evaluate(*effect.index, now) : 0;
    const auto value = ir::evaluate(*effect.value, now);
    const ir::Variable& variable = model.variables[static_cast<std::size_t>(effect.variable)];
    result.written.insert({effect.variable, static_cast<int>(index)});
    if (!variable.range.contains(value)) return result;
    now[static_cast<std::size_t>(effect.variable)][static_cast<std::size_t>(index)] =
        static_cast<int>(value);
  }
  return result;
}

bool are_independent(const Footprint& a, const Footprint& b) {
  return !meet(a.written, b.read) && !meet(a.written, b.written) && !meet(a.read, b.written);
}

} // namespace stalemate
