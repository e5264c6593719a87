#include "checker/ir/expression.hpp"
#include "checker/ir/model.hpp"

#include <fmt/format.h>

namespace stalemate::ir {

namespace {

/// How tightly an operator binds; operands that bind less get parentheses.
int strength(Op op) {
  switch (op) {
  case Op::select:
    return 0;
  case Op::either:
    return 1;
  case Op::both:
    return 2;
  case Op::equal:
  case Op::not_equal:
    return 3;
  case Op::less:
  case Op::less_equal:
    return 4;
  case Op::add:
  case Op::subtract:
    return 5;
  case Op::multiply:
  case Op::divide:
  case Op::modulo:
    return 6;
  default:
    return 7;
  }
}

const char* sign(Op op) {
  switch (op) {
  case Op::either:
    return " || ";
  case Op::both:
    return " && ";
  case Op::equal:
    return " == ";
  case Op::not_equal:
    return " != ";
  case Op::less:
    return " < ";
  case Op::less_equal:
    return " <= ";
  case Op::add:
    return " + ";
  case Op::subtract:
    return " - ";
  case Op::multiply:
    return " * ";
  case Op::divide:
    return " / ";
  case Op::modulo:
    return " % ";
  default:
    return "";
  }
}

/// The opposite comparison, so that a negation reads `a != b`; Op::invert if there is none.
Op opposite(Op op) {
  switch (op) {
  case Op::equal:
    return Op::not_equal;
  case Op::not_equal:
    return Op::equal;
  default:
    return Op::invert;
  }
}

std::string text_of(const Model& model, const Expression& e);

std::string wrapped(const Model& model, const Expression& e, int at_least) {
  const auto inner = text_of(model, e);
  return strength(e.op) < at_least ? "(" + inner + ")" : inner;
}

/// The index of a cell, split into row and column where it was written as row * columns + column.
std::string
indexes(const Model& model, const Variable& variable, const Expression& index, std::string& row) {
  if (variable.shape.size() < 2) {
    row = text_of(model, index);
    return {};
  }
  const int columns = variable.shape[1];
  const auto is_row = [&](const Expression& e) {
    return e.op == Op::multiply && is_constant(e.operands[1], columns);
  };
  if (is_row(index)) {
    row = text_of(model, *index.operands[0]);
    return "[0]";
  }
  if (index.op == Op::add && is_row(*index.operands[0])) {
    row = text_of(model, *index.operands[0]->operands[0]);
    return "[" + text_of(model, *index.operands[1]) + "]";
  }
  if (index.op == Op::add && index.operands[0]->op == Op::constant &&
      index.operands[0]->value % columns == 0 && index.operands[1]->range.high < columns) {
    row = std::to_string(index.operands[0]->value / columns);
    return "[" + text_of(model, *index.operands[1]) + "]";
  }
  row = text_of(model, index) + fmt::format(" / {}", columns);
  return "[...]";
}

std::string load_text(const Model& model, const Expression& e) {
  const Variable& variable = model.variables[static_cast<std::size_t>(e.value)];
  if (e.operands.empty()) return variable.name;
  const Expression& index = *e.operands[0];
  if (index.op == Op::constant) return cell_name(variable, index.value);

  std::string row;
  const auto column = indexes(model, variable, index, row);
  const auto dot = variable.name.rfind('.');
  const auto property = dot == std::string::npos ? std::string() : variable.name.substr(dot);
  return fmt::format("{}[{}]{}{}", variable.name.substr(0, dot), row, property, column);
}

/// A constant next to a variable is printed as that variable prints its values.
std::string beside(const Model& model, const Expression& e, const Expression& other, int at_least) {
  if (e.op == Op::constant && other.op == Op::load) {
    const Variable& variable = model.variables[static_cast<std::size_t>(other.value)];
    return value_name(variable, e.value);
  }
  return wrapped(model, e, at_least);
}

std::string negation_text(const Model& model, const Expression& e) {
  if (const Op op = opposite(e.op); op != Op::invert)
    return text_of(model, Expression{op, 0, e.operands, {0, 1}});
  if (e.op == Op::less || e.op == Op::less_equal) {
    const Op op = e.op == Op::less ? Op::less_equal : Op::less;
    return text_of(model, Expression{op, 0, {e.operands[1], e.operands[0]}, {0, 1}});
  }
  return "!" + wrapped(model, e, 7);
}

std::string text_of(const Model& model, const Expression& e) {
  switch (e.op) {
  case Op::constant:
    return std::to_string(e.value);
  case Op::load:
    return load_text(model, e);
  case Op::self:
    return "self";
  case Op::invert:
    return negation_text(model, *e.operands[0]);
  case Op::negate:
    return "-" + wrapped(model, *e.operands[0], 7);
  case Op::minimum:
  case Op::maximum:
    return fmt::format("{}({}, {})",
                       e.op == Op::minimum ? "min" : "max",
                       text_of(model, *e.operands[0]),
                       text_of(model, *e.operands[1]));
  case Op::select: {
    const Expression& yes = *e.operands[1];
    const Expression& no = *e.operands[2];
    return fmt::format("{} ? {} : {}",
                       wrapped(model, *e.operands[0], 1),
                       beside(model, yes, no, 1),
                       beside(model, no, yes, 1));
  }
  default: {
    const Expression& left = *e.operands[0];
    const Expression& right = *e.operands[1];
    const int mine = strength(e.op);
    const bool is_comparison = mine == 3;
    const auto shown = [&](const Expression& one, const Expression& other, int at_least) {
      return is_comparison ? beside(model, one, other, at_least) : wrapped(model, one, at_least);
    };
    const bool is_associative = e.op == Op::both || e.op == Op::either;
    return shown(left, right, mine) + sign(e.op) +
           shown(right, left, is_associative ? mine : mine + 1);
  }
  }
}

} // namespace

std::string text(const Model& model, const ExpressionPtr& expression) {
  return text_of(model, *expression);
}

} // namespace stalemate::ir
