// Expressions as a reader would write them, and as checker/language/ reads them: the same tree
// comes out again. What sort a constant is taken for depends on what it stands next to, and both
// decide that by ir::common().
#include "checker/ir/expression.hpp"
#include "checker/ir/model.hpp"
#include "checker/ir/sort.hpp"
#include "checker/ir/step.hpp"

#include <fmt/format.h>

#include <algorithm>

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
  case Op::invert:
  case Op::negate:
    return 7;
  default:
    return 8;
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

/// Where a cell of a table stands; null if that cannot be told from its index.
struct Split {
  ExpressionPtr row;
  ExpressionPtr column;
};

Split split(const ExpressionPtr& index, int columns) {
  if (is_constant(index))
    return {constant(index->value / columns), constant(index->value % columns)};
  const auto is_row = [&](const ExpressionPtr& e) {
    return e->op == Op::multiply && is_constant(e->operands[1], columns);
  };
  if (is_row(index)) return {index->operands[0], constant(0)};
  if (index->op == Op::add && is_row(index->operands[0]))
    return {index->operands[0]->operands[0], index->operands[1]};
  if (index->op == Op::add && is_constant(index->operands[0]) &&
      index->operands[0]->value % columns == 0)
    return {constant(index->operands[0]->value / columns), index->operands[1]};
  if (columns == 1) return {index, constant(0)};
  return {constant(0), index};
}

bool is_inside(const Range& range, int length) {
  return Range{0, length - 1}.contains(range);
}

/// Rows, columns and what is read next to each other, in words.
class Printer {
 public:
  explicit Printer(const Model& model) : model_(model) {}

  /// The expression where a value of this sort is wanted.
  [[nodiscard]] std::string text(const Expression& e, const Sort& wanted) const {
    if (e.op == Op::constant) return constant_text(e, wanted);
    const bool is_fit = fits(sort_of(model_, e), wanted);
    const auto bare = operation_text(e, is_fit ? wanted : Sort{});
    return is_fit ? bare : "number(" + bare + ")";
  }

  [[nodiscard]] std::string load_text(VariableId id, const ExpressionPtr& index) const {
    const Variable& variable = model_.variables[static_cast<std::size_t>(id)];
    if (!index) return variable.name;
    const auto dot = variable.name.rfind('.');
    const auto object = variable.name.substr(0, dot);
    const auto property = dot == std::string::npos ? std::string() : variable.name.substr(dot);
    if (variable.shape.size() < 2)
      return fmt::format("{}[{}]{}", object, row_text(variable, index), property);

    const int columns = variable.shape[1];
    const auto [row, column] = split(index, columns);
    const bool is_split =
        is_inside(row->range, variable.shape[0]) && is_inside(column->range, columns) &&
        is_same(*index,
                *combine(Op::add, {combine(Op::multiply, {row, constant(columns)}), column}));
    if (!is_split) return fmt::format("cell({}, {})", variable.name, text(*index, number_sort));
    return fmt::format(
        "{}[{}]{}[{}]", object, row_text(variable, row), property, text(*column, number_sort));
  }

 private:
  [[nodiscard]] std::string row_text(const Variable& variable, const ExpressionPtr& row) const {
    if (variable.rows.empty() || !is_constant(row)) return text(*row, number_sort);
    return quoted(variable.rows[static_cast<std::size_t>(row->value)]);
  }

  [[nodiscard]] std::string constant_text(const Expression& e, const Sort& wanted) const {
    const bool is_truth = wanted.form == Sort::Form::truth;
    if (is_truth && e.value != 0 && e.value != 1) return fmt::format("number({})", e.value);
    return literal(model_, wanted, e.value);
  }

  [[nodiscard]] std::string
  operand_text(const Expression& e, const Sort& wanted, int at_least) const {
    const auto inner = text(e, wanted);
    const bool is_wrapped = e.op != Op::constant && !fits(sort_of(model_, e), wanted);
    return !is_wrapped && strength(e.op) < at_least ? "(" + inner + ")" : inner;
  }

  [[nodiscard]] std::string operation_text(const Expression& e, const Sort& wanted) const {
    switch (e.op) {
    case Op::load:
      return load_text(e.value, e.operands.empty() ? nullptr : e.operands[0]);
    case Op::self:
      return "self";
    case Op::invert:
      return "!" + operand_text(*e.operands[0], truth_sort, 7);
    case Op::negate:
      return "-" + operand_text(*e.operands[0], number_sort, 8);
    case Op::minimum:
    case Op::maximum:
      return fmt::format("{}({}, {})",
                         e.op == Op::minimum ? "min" : "max",
                         text(*e.operands[0], number_sort),
                         text(*e.operands[1], number_sort));
    case Op::select: {
      const Sort both = wanted.form == Sort::Form::any ? sort_of(model_, e) : wanted;
      return fmt::format("{} ? {} : {}",
                         operand_text(*e.operands[0], truth_sort, 1),
                         operand_text(*e.operands[1], both, 1),
                         operand_text(*e.operands[2], both, 1));
    }
    default:
      return binary_text(e);
    }
  }

  /// C would read `!a == b` as a person does not; comparisons of comparisons get parentheses.
  [[nodiscard]] std::string binary_text(const Expression& e) const {
    const Expression& left = *e.operands[0];
    const Expression& right = *e.operands[1];
    const int mine = strength(e.op);
    if (mine == 3 || mine == 4) {
      const Sort both = common(sort_of(model_, left), sort_of(model_, right));
      const auto side = [&](const Expression& one) {
        return operand_text(one, both, one.op == Op::invert ? 8 : 5);
      };
      return side(left) + sign(e.op) + side(right);
    }
    const Sort& wanted = mine < 3 ? truth_sort : number_sort;
    return operand_text(left, wanted, mine) + sign(e.op) + operand_text(right, wanted, mine + 1);
  }

  const Model& model_;
};

} // namespace

std::string text(const Model& model, const ExpressionPtr& expression) {
  return Printer(model).text(*expression, {});
}

std::string text(const Model& model, const Effect& effect) {
  const Printer printer(model);
  const auto& variable = model.variables[static_cast<std::size_t>(effect.variable)];
  return printer.load_text(effect.variable, effect.index) + " = " +
         printer.text(*effect.value, sort_of(variable));
}

} // namespace stalemate::ir
