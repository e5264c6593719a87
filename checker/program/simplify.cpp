#include "checker/program/simplify.hpp"

#include <algorithm>
#include <utility>

namespace stalemate {

namespace {

using ir::ExpressionPtr;
using ir::Op;

ExpressionPtr truth(const ExpressionPtr& e) {
  if (ir::Range{0, 1}.contains(e->range)) return e;
  return ir::fold(Op::not_equal, {e, ir::constant(0)});
}

/// `both` and `either` with one constant side; null if no side is constant.
ExpressionPtr one_sided(Op op, const std::vector<ExpressionPtr>& operands) {
  for (const std::size_t side : {0, 1}) {
    if (!ir::is_constant(operands[side])) continue;
    const bool decides = (operands[side]->value != 0) == (op == Op::either);
    return decides ? ir::constant(op == Op::either ? 1 : 0) : truth(operands[1 - side]);
  }
  return nullptr;
}

ExpressionPtr simplify_load(const ExpressionPtr& e, const Known& known, const Ranges& ranges) {
  ExpressionPtr index;
  if (!e->operands.empty()) index = simplify(e->operands[0], known, ranges);
  if (!index || ir::is_constant(index)) {
    const ir::Cell cell{e->value, index ? index->value : 0};
    const ir::Range range = ranges.of(cell);
    if (range.is_single()) return ir::constant(range.low);
    if (const auto found = known.find(cell); found != known.end())
      return ir::constant(found->second);
  }
  const ir::Range range = ranges.of(e->value, index ? index->range : ir::Range{0, 0});
  if (range == e->range && (!index || index == e->operands[0])) return e;
  return ir::load(e->value, range, index);
}

} // namespace

ExpressionPtr simplify(const ExpressionPtr& e, const Known& known, const Ranges& ranges) {
  if (e->op == Op::load) return simplify_load(e, known, ranges);
  if (e->operands.empty()) return e;

  // Most stay as they are; that takes no memory then.
  std::vector<ExpressionPtr> operands;
  for (std::size_t i = 0; i < e->operands.size(); ++i) {
    auto operand = simplify(e->operands[i], known, ranges);
    if (operands.empty() && operand != e->operands[i]) operands = e->operands;
    if (!operands.empty()) operands[i] = std::move(operand);
  }
  if (operands.empty()) return e;
  if (e->op == Op::both || e->op == Op::either)
    if (auto shorter = one_sided(e->op, operands)) return shorter;
  if (e->op == Op::select && ir::is_constant(operands[0]))
    return operands[operands[0]->value != 0 ? 1 : 2];
  if (std::ranges::all_of(operands, [](const auto& one) { return ir::is_constant(one); }))
    return ir::constant(ir::evaluate({e->op, 0, std::move(operands), e->range}, {}));
  return ir::fold(e->op, std::move(operands));
}

void learn(const ExpressionPtr& e, bool truth, Known& known) {
  // `cell == value` is true or false; of two values, not the one means the other.
  const auto compare = [&](const ExpressionPtr& cell, const ExpressionPtr& value, bool same) {
    if (!is_cell(cell) || !ir::is_constant(value)) return;
    const ir::Range range = cell->range;
    if (same)
      known[cell_of(cell)] = value->value;
    else if (range.high - range.low == 1 && range.contains(value->value))
      known[cell_of(cell)] = static_cast<int>(range.low + range.high - value->value);
  };
  switch (e->op) {
  case Op::invert:
    learn(e->operands[0], !truth, known);
    break;
  case Op::both:
  case Op::either:
    if (truth == (e->op == Op::both))
      for (const auto& operand : e->operands)
        learn(operand, truth, known);
    break;
  case Op::equal:
  case Op::not_equal:
    compare(e->operands[0], e->operands[1], truth == (e->op == Op::equal));
    compare(e->operands[1], e->operands[0], truth == (e->op == Op::equal));
    break;
  case Op::load:
    compare(e, ir::constant(0), !truth);
    break;
  default:
    break;
  }
}

bool is_cell(const ExpressionPtr& e) {
  return e->op == Op::load && (e->operands.empty() || ir::is_constant(e->operands[0]));
}

ir::Cell cell_of(const ExpressionPtr& e) {
  return {e->value, e->operands.empty() ? 0 : e->operands[0]->value};
}

bool has_open_index(const ir::ExpressionPtr& expression) {
  if (expression->op == ir::Op::load && !is_cell(expression)) return true;
  const auto& operands = expression->operands;
  return std::any_of(operands.begin(), operands.end(), has_open_index);
}

} // namespace stalemate
