#include "checker/ir/expression.hpp"

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>

namespace stalemate::ir {

namespace {

ExpressionPtr make(Op op, int value, std::vector<ExpressionPtr> operands, Range range) {
  return std::make_shared<const Expression>(Expression{op, value, std::move(operands), range});
}

Range truth(bool can_be_false, bool can_be_true) {
  return {can_be_false ? 0 : 1, can_be_true ? 1 : 0};
}

Range corners(Range a, Range b, std::int64_t (*f)(std::int64_t, std::int64_t)) {
  return spanning({f(a.low, b.low), f(a.low, b.high), f(a.high, b.low), f(a.high, b.high)});
}

bool may_be_true(Range r) {
  return r.low != 0 || r.high != 0;
}
bool may_be_false(Range r) {
  return r.contains(0);
}

Range range_of(Op op, const std::vector<ExpressionPtr>& operands) {
  const Range a = operands[0]->range;
  const Range b = operands.size() > 1 ? operands[1]->range : Range{};
  switch (op) {
  case Op::invert:
    return truth(may_be_true(a), may_be_false(a));
  case Op::negate:
    return {-a.high, -a.low};
  case Op::add:
    return {a.low + b.low, a.high + b.high};
  case Op::subtract:
    return {a.low - b.high, a.high - b.low};
  case Op::multiply:
    return corners(a, b, [](auto x, auto y) { return x * y; });
  case Op::divide:
    if (b.contains(0)) throw InvalidModel("a divisor can be 0");
    return corners(a, b, [](auto x, auto y) { return x / y; });
  case Op::modulo:
    if (a.low < 0 || b.low < 1) throw InvalidModel("a modulo of something that can be negative");
    return {0, std::min(a.high, b.high - 1)};
  case Op::equal:
    return truth(!(a.is_single() && a == b), a.low <= b.high && b.low <= a.high);
  case Op::not_equal:
    return truth(a.low <= b.high && b.low <= a.high, !(a.is_single() && a == b));
  case Op::less:
    return truth(a.high >= b.low, a.low < b.high);
  case Op::less_equal:
    return truth(a.high > b.low, a.low <= b.high);
  case Op::both:
    return truth(may_be_false(a) || may_be_false(b), may_be_true(a) && may_be_true(b));
  case Op::either:
    return truth(may_be_false(a) && may_be_false(b), may_be_true(a) || may_be_true(b));
  case Op::select: {
    const Range c = operands[2]->range;
    if (!may_be_false(a)) return b;
    if (!may_be_true(a)) return c;
    return {std::min(b.low, c.low), std::max(b.high, c.high)};
  }
  case Op::minimum:
    return {std::min(a.low, b.low), std::min(a.high, b.high)};
  case Op::maximum:
    return {std::max(a.low, b.low), std::max(a.high, b.high)};
  case Op::constant:
  case Op::load:
  case Op::self:
    break;
  }
  throw InvalidModel("an expression without operands was combined");
}

bool is_truth(const ExpressionPtr& e) {
  return Range{0, 1}.contains(e->range);
}

/// The opposite of a comparison or of a negation; null if `!` is the only way to say it.
ExpressionPtr opposite(const ExpressionPtr& e) {
  switch (e->op) {
  case Op::equal:
    return make(Op::not_equal, 0, e->operands, e->range);
  case Op::not_equal:
    return make(Op::equal, 0, e->operands, e->range);
  case Op::less:
    return make(Op::less_equal, 0, {e->operands[1], e->operands[0]}, e->range);
  case Op::less_equal:
    return make(Op::less, 0, {e->operands[1], e->operands[0]}, e->range);
  case Op::invert:
    return is_truth(e->operands[0]) ? e->operands[0] : nullptr;
  default:
    return nullptr;
  }
}

/// Its range; refuses what needs more than 32 bits, so that the corners of a range of two operands
/// are always computed exactly.
Range checked_range_of(Op op, const std::vector<ExpressionPtr>& operands) {
  const Range range = range_of(op, operands);
  if (std::in_range<int>(range.low) && std::in_range<int>(range.high)) return range;
  std::string what;
  for (const auto& operand : operands) {
    if (!what.empty()) what += " and ";
    what += fmt::format("{}..{}", operand->range.low, operand->range.high);
  }
  throw InvalidModel(fmt::format("a value can need more than 32 bits: the {} of {} is {}..{}",
                                 op == Op::multiply   ? "product"
                                 : op == Op::add      ? "sum"
                                 : op == Op::subtract ? "difference"
                                 : op == Op::divide   ? "quotient"
                                                      : "negative",
                                 what,
                                 range.low,
                                 range.high));
}

/// What is left of an operation when one operand is a constant that decides or changes nothing,
/// and of the negation of what has an opposite; null if nothing is gained.
ExpressionPtr simplified(Op op, const std::vector<ExpressionPtr>& operands) {
  if (op == Op::invert) return opposite(operands[0]);
  if (op == Op::both || op == Op::either) {
    const int neutral = op == Op::both ? 1 : 0;
    for (const int side : {0, 1}) {
      const auto& here = operands[static_cast<std::size_t>(side)];
      const auto& there = operands[static_cast<std::size_t>(1 - side)];
      if (is_constant(here, neutral) && is_truth(there)) return there;
    }
  }
  if ((op == Op::add || op == Op::subtract) && is_constant(operands[1], 0)) return operands[0];
  if ((op == Op::multiply || op == Op::divide) && is_constant(operands[1], 1)) return operands[0];
  if (op == Op::add && is_constant(operands[0], 0)) return operands[1];
  if (op == Op::multiply && is_constant(operands[0], 1)) return operands[1];
  if (op == Op::select && is_constant(operands[0]))
    return operands[is_constant(operands[0], 0) ? 2 : 1];
  return nullptr;
}

/// What an operation is folded to; null if it stays what it is.
ExpressionPtr folding_of(Op op, const std::vector<ExpressionPtr>& operands, const Range& range) {
  return range.is_single() ? constant(range.low) : simplified(op, operands);
}

} // namespace

ExpressionPtr constant(std::int64_t value) {
  if (!std::in_range<int>(value))
    throw InvalidModel(fmt::format("a value can need more than 32 bits: {}", value));
  // Each once for every thread: the small ones are most of what compiling a model makes.
  constexpr std::int64_t small = 32;
  thread_local std::array<ExpressionPtr, small> known;
  if (value < 0 || value >= small)
    return make(Op::constant, static_cast<int>(value), {}, {value, value});
  ExpressionPtr& one = known[static_cast<std::size_t>(value)];
  if (!one) one = make(Op::constant, static_cast<int>(value), {}, {value, value});
  return one;
}

ExpressionPtr load(VariableId variable, Range range, ExpressionPtr index) {
  std::vector<ExpressionPtr> operands;
  if (index) operands.push_back(std::move(index));
  return make(Op::load, variable, std::move(operands), range);
}

ExpressionPtr self(int processes) {
  return make(Op::self, 0, {}, {1, processes});
}

ExpressionPtr fold(Op op, std::vector<ExpressionPtr> operands) {
  const Range range = checked_range_of(op, operands);
  if (auto folded = folding_of(op, operands, range)) return folded;
  return make(op, 0, std::move(operands), range);
}

ExpressionPtr combine(Op op, std::vector<ExpressionPtr> operands) {
  const Range range = checked_range_of(op, operands);
  const ExpressionPtr folded = folding_of(op, operands, range);
  auto written = make(op, 0, std::move(operands), range);
  if (!folded) return written;
  Expression result = *folded;
  result.written = std::move(written);
  return std::make_shared<const Expression>(std::move(result));
}

ExpressionPtr as_folded(const ExpressionPtr& expression) {
  std::vector<ExpressionPtr> operands;
  for (const auto& operand : expression->operands)
    operands.push_back(as_folded(operand));
  if (!expression->written && operands == expression->operands) return expression;
  return make(expression->op, expression->value, std::move(operands), expression->range);
}

ExpressionPtr with_self(const ExpressionPtr& expression, int process) {
  if (!expression) return expression;
  if (expression->op == Op::self) return constant(process + 1);
  if (expression->written) {
    // Folded once more, as it would have been without `self`.
    const ExpressionPtr again = with_self(expression->written, process);
    return again == expression->written ? expression : again;
  }

  // Most stay as they are; that takes no memory then.
  std::vector<ExpressionPtr> operands;
  for (std::size_t i = 0; i < expression->operands.size(); ++i) {
    auto operand = with_self(expression->operands[i], process);
    if (operands.empty() && operand != expression->operands[i]) operands = expression->operands;
    if (!operands.empty()) operands[i] = std::move(operand);
  }
  if (operands.empty()) return expression;
  if (expression->op == Op::load)
    return load(expression->value, expression->range, std::move(operands[0]));
  return combine(expression->op, std::move(operands));
}

bool is_same(const Expression& one, const Expression& other) {
  return one.op == other.op && one.value == other.value &&
         std::ranges::equal(one.operands, other.operands, [](const auto& a, const auto& b) {
           return is_same(*a, *b);
         });
}

bool is_constant(const ExpressionPtr& expression) {
  return expression->op == Op::constant;
}

bool is_constant(const ExpressionPtr& expression, std::int64_t value) {
  return is_constant(expression) && expression->value == value;
}

} // namespace stalemate::ir
