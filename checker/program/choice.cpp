// `(present ? data : disk) == written` is compiled as if it were
// `present ? data == written : disk == written`: branches and tests instead of registers. All
// occurrences of one condition are decided at once, so `x == 0 || x == 3` with a choice inside x
// branches only once.

#include "checker/program/choice.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace stalemate {

namespace {

using ir::ExpressionPtr;
using ir::Op;

constexpr std::size_t choices_max = 4; ///< Different ones; each may double the code.

bool are_same(const ExpressionPtr& a, const ExpressionPtr& b) {
  if (a == b) return true;
  return a->op == b->op && a->value == b->value &&
         std::ranges::equal(a->operands, b->operands, are_same);
}

/// All conditions of selects, outer ones first, each once.
void find_choices(const ExpressionPtr& e, std::vector<ExpressionPtr>& choices) {
  const auto is_known = [&](const ExpressionPtr& choice) {
    return std::ranges::any_of(choices, [&](const auto& one) { return are_same(one, choice); });
  };
  if (e->op == Op::select && !is_known(e->operands[0])) choices.push_back(e->operands[0]);
  for (const auto& operand : e->operands)
    find_choices(operand, choices);
}

bool has_choice(const ExpressionPtr& e) {
  return e->op == Op::select || std::ranges::any_of(e->operands, has_choice);
}

ExpressionPtr without(const ExpressionPtr& e, const ExpressionPtr& choice, bool truth) {
  if (e->op == Op::select && are_same(e->operands[0], choice))
    return without(e->operands[truth ? 1 : 2], choice, truth);
  if (e->operands.empty()) return e;
  std::vector<ExpressionPtr> operands;
  for (const auto& operand : e->operands)
    operands.push_back(without(operand, choice, truth));
  if (std::ranges::equal(operands, e->operands)) return e;
  if (e->op == Op::load) return ir::load(e->value, e->range, operands[0]);
  return ir::fold(e->op, std::move(operands));
}

} // namespace

ExpressionPtr first_choice(const ExpressionPtr& e) {
  std::vector<ExpressionPtr> choices;
  find_choices(e, choices);
  if (choices.size() > choices_max) return nullptr;
  const auto plain = std::ranges::find_if_not(choices, has_choice);
  return plain == choices.end() ? nullptr : *plain;
}

ExpressionPtr
decided(const ExpressionPtr& e, const ExpressionPtr& choice, bool truth, const Ranges& ranges) {
  Known known;
  learn(choice, truth, known);
  return simplify(without(e, choice, truth), known, ranges);
}

} // namespace stalemate
