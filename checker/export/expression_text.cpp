#include "checker/export/expression_text.hpp"

#include <fmt/format.h>

#include <limits>

namespace stalemate {

namespace {

using ir::Expression;
using ir::Op;

// How tightly operators bind, in every language that we know. Conditions: both, either and the
// comparisons; what is not mentioned never needs parentheses.
constexpr int binds_either = 1;
constexpr int binds_both = 2;
constexpr int binds_comparison = 3;
constexpr int binds_sum = 4;
constexpr int binds_product = 5;
constexpr int binds_all = 6;

bool is_bit(const Expression& e) {
  return e.op == Op::constant && (e.value == 0 || e.value == 1);
}

std::string wrapped(std::string text, int mine, int at_least) {
  return mine < at_least ? "(" + std::move(text) + ")" : text;
}

} // namespace

bool ExpressionText::is_boolean(const Expression& e) const {
  switch (e.op) {
  case Op::invert:
  case Op::equal:
  case Op::not_equal:
  case Op::less:
  case Op::less_equal:
  case Op::both:
  case Op::either:
    return true;
  case Op::load:
    return is_truth[static_cast<std::size_t>(e.value)];
  case Op::select: {
    const Expression& yes = *e.operands[1];
    const Expression& no = *e.operands[2];
    return (is_boolean(yes) && (is_boolean(no) || is_bit(no))) || (is_bit(yes) && is_boolean(no));
  }
  default:
    return false;
  }
}

std::string ExpressionText::truth(const Expression& e, int at_least) const {
  switch (e.op) {
  case Op::constant:
    return e.value != 0 ? "true" : "false";
  case Op::invert:
    return inverted(*e.operands[0], at_least);
  case Op::both:
    return chain(e, dialect_.both, binds_both, at_least);
  case Op::either:
    return chain(e, dialect_.either, binds_either, at_least);
  case Op::equal:
  case Op::not_equal:
  case Op::less:
  case Op::less_equal:
    return comparison(e, at_least);
  case Op::load:
    if (is_boolean(e)) return cell(e.value, e.operands.empty() ? nullptr : e.operands[0]);
    break;
  case Op::select:
    if (is_boolean(e)) return select(e, true);
    break;
  default:
    break;
  }
  return wrapped(number(e, binds_sum) + dialect_.not_equal + "0", binds_comparison, at_least);
}

std::string ExpressionText::number(const Expression& e, int at_least) const {
  if (is_boolean(e)) {
    if (!dialect_.is_typed) return truth(e, at_least);
    return fmt::format("({}{}1 : 0)", truth(e, 0), dialect_.then);
  }
  const auto operation = [&](const char* sign, int mine) {
    return wrapped(
        number(*e.operands[0], mine) + sign + number(*e.operands[1], mine + 1), mine, at_least);
  };
  switch (e.op) {
  case Op::constant:
    return e.value < 0 ? fmt::format("({})", e.value) : std::to_string(e.value);
  case Op::load:
    return cell(e.value, e.operands.empty() ? nullptr : e.operands[0]);
  case Op::negate:
    return fmt::format("(0 - {})", number(*e.operands[0], binds_product));
  case Op::add:
    return operation(" + ", binds_sum);
  case Op::subtract:
    return operation(" - ", binds_sum);
  case Op::multiply:
    return operation(" * ", binds_product);
  case Op::divide:
    return operation(" / ", binds_product);
  case Op::modulo:
    return operation(" % ", binds_product);
  case Op::minimum:
  case Op::maximum:
    return fmt::format("{}({}, {})",
                       e.op == Op::minimum ? "min" : "max",
                       number(*e.operands[0], 0),
                       number(*e.operands[1], 0));
  case Op::select:
    return select(e, false);
  default:
    break;
  }
  throw ir::InvalidModel("an expression that cannot be exported");
}

std::string ExpressionText::comparison(const Expression& e, int at_least) const {
  const Expression& left = *e.operands[0];
  const Expression& right = *e.operands[1];
  if (e.op == Op::less || e.op == Op::less_equal)
    return wrapped(number(left, binds_sum) + (e.op == Op::less ? " < " : " <= ") +
                       number(right, binds_sum),
                   binds_comparison,
                   at_least);

  const bool is_equal = e.op == Op::equal;
  for (const auto& [one, other] : {std::pair{&left, &right}, std::pair{&right, &left}})
    if (is_boolean(*one) && is_bit(*other))
      return (other->value == 1) == is_equal ? truth(*one, at_least) : inverted(*one, at_least);
  const char* sign = is_equal ? dialect_.equal : dialect_.not_equal;
  if (is_boolean(left) && is_boolean(right))
    return wrapped(
        truth(left, binds_sum) + sign + truth(right, binds_sum), binds_comparison, at_least);
  return wrapped(beside(left, right, binds_sum) + sign + beside(right, left, binds_sum),
                 binds_comparison,
                 at_least);
}

/// Not every language lets `!` bind tighter than a comparison.
std::string ExpressionText::inverted(const Expression& e, int at_least) const {
  return wrapped(dialect_.invert + truth(e, binds_all), binds_comparison, at_least);
}

/// Operators that may be written one behind the other.
std::string
ExpressionText::chain(const Expression& e, const char* sign, int mine, int at_least) const {
  return wrapped(truth(*e.operands[0], mine) + sign + truth(*e.operands[1], mine), mine, at_least);
}

/// A constant next to a variable is written as that variable's value.
std::string
ExpressionText::beside(const Expression& e, const Expression& other, int at_least) const {
  const bool is_value = e.op == Op::constant && other.op == Op::load &&
                        !is_truth[static_cast<std::size_t>(other.value)];
  return is_value ? value(e.value, other.value) : number(e, at_least);
}

std::string ExpressionText::select(const Expression& e, bool as_truth) const {
  const auto branch = [&](std::size_t mine, std::size_t other) {
    return as_truth ? truth(*e.operands[mine], binds_either)
                    : beside(*e.operands[mine], *e.operands[other], binds_either);
  };
  return fmt::format("({}{}{} : {})",
                     truth(*e.operands[0], binds_either),
                     dialect_.then,
                     branch(1, 2),
                     branch(2, 1));
}

std::string ExpressionText::value(int constant, ir::VariableId variable) const {
  const auto v = static_cast<std::size_t>(variable);
  if (is_truth[v]) return constant != 0 ? "true" : "false";
  const auto named = static_cast<std::size_t>(constant - model_.variables[v].range.low);
  if (named < values[v].size() && !values[v][named].empty()) return values[v][named];
  return constant < 0 ? fmt::format("({})", constant) : std::to_string(constant);
}

std::string ExpressionText::value(const Expression& e, ir::VariableId variable) const {
  if (e.op == Op::constant) return value(e.value, variable);
  return is_truth[static_cast<std::size_t>(variable)] ? truth(e, 0) : number(e, 0);
}

std::string ExpressionText::operand(const Expression& e) const {
  return number(e, binds_sum);
}

std::string ExpressionText::cell(ir::VariableId variable, const ir::ExpressionPtr& index) const {
  const std::string& name = variables[static_cast<std::size_t>(variable)];
  return index ? fmt::format("{}[{}]", name, number(*index, 0)) : name;
}

} // namespace stalemate
