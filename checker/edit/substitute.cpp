#include "checker/edit/substitute.hpp"

#include "checker/edit/edit_error.hpp"

#include <utility>

namespace stalemate::edit {

namespace {

using ir::ExpressionPtr;
using ir::Op;

ExpressionPtr substituted(const ExpressionPtr& e, const ir::Effect& effect) {
  if (!e || (e->operands.empty() && e->op != Op::load)) return e;
  std::vector<ExpressionPtr> operands;
  bool is_same = true;
  for (const auto& operand : e->operands) {
    operands.push_back(substituted(operand, effect));
    is_same = is_same && operands.back() == operand;
  }
  if (e->op != Op::load) return is_same ? e : ir::combine(e->op, std::move(operands));

  const ExpressionPtr index = operands.empty() ? nullptr : operands[0];
  const ExpressionPtr load = is_same ? e : ir::load(e->value, e->range, index);
  if (e->value != effect.variable) return load;
  if (!index) return effect.value;
  return ir::combine(Op::select,
                     {ir::combine(Op::equal, {index, effect.index}), effect.value, load});
}

/// More nodes than that are no expression that anyone can read, or search with.
constexpr int nodes_max = 20'000;

/// `nodes` less those of the tree, or less than 0 if it has more.
int without(int nodes, const ir::Expression& e) {
  for (const auto& operand : e.operands)
    if (nodes >= 0) nodes = without(nodes, *operand);
  return nodes - 1;
}

} // namespace

ExpressionPtr after(const std::vector<ir::Effect>& effects, ExpressionPtr e) {
  for (auto effect = effects.rbegin(); effect != effects.rend(); ++effect) {
    e = substituted(e, *effect);
    // Every assignment can double what reads it.
    if (e && without(nodes_max, *e) < 0)
      throw EditError("what is asked behind the assignments of the first steps would be too long");
  }
  return e;
}

} // namespace stalemate::edit
