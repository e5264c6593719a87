#include "checker/program/lower_condition.hpp"

#include "checker/program/ensure.hpp"
#include "checker/program/simplify.hpp"

#include <algorithm>
#include <numeric>

namespace stalemate {

namespace {

using ir::ExpressionPtr;
using ir::Op;

/// Collects the one cell that is read; false if there are more, or an index is not constant.
bool find_sole_cell(const ExpressionPtr& e, std::optional<ir::Cell>& cell) {
  if (e->op == Op::load) {
    if (!is_cell(e) || (cell && *cell != cell_of(e))) return false;
    cell = cell_of(e);
    return true;
  }
  return std::ranges::all_of(e->operands,
                             [&](const auto& operand) { return find_sole_cell(operand, cell); });
}

/// Registers that the expression needs when the operand that needs most is computed first.
int registers_for(const ExpressionPtr& e) {
  std::vector<int> needs;
  for (const auto& operand : e->operands)
    needs.push_back(registers_for(operand));
  std::ranges::sort(needs, std::greater<>());
  int most = 1;
  for (std::size_t i = 0; i < needs.size(); ++i)
    most = std::max(most, needs[i] + static_cast<int>(i));
  return most;
}

Code code_of(Op op) {
  switch (op) {
  case Op::invert:
    return Code::invert;
  case Op::negate:
    return Code::negate;
  case Op::add:
    return Code::add;
  case Op::subtract:
    return Code::subtract;
  case Op::multiply:
    return Code::multiply;
  case Op::divide:
    return Code::divide;
  case Op::modulo:
    return Code::modulo;
  case Op::equal:
    return Code::equal;
  case Op::not_equal:
    return Code::not_equal;
  case Op::less:
    return Code::less;
  case Op::less_equal:
    return Code::less_equal;
  case Op::both:
    return Code::both;
  case Op::either:
    return Code::either;
  case Op::minimum:
    return Code::minimum;
  case Op::maximum:
    return Code::maximum;
  case Op::select:
    return Code::select;
  case Op::constant:
  case Op::load:
  case Op::self:
    break;
  }
  ensure(false, "only operators on operands have a code of their own");
  return Code::end;
}

void lower_load(Assembler& code, const Layout& layout, const ExpressionPtr& e, std::uint8_t into) {
  if (is_cell(e)) {
    const Field& field = layout.field(cell_of(e));
    Instruction load = on_field(Code::load, field);
    load.into = into;
    load.value = static_cast<Word>(std::int64_t{field.low});
    return code.add(load);
  }
  lower_value(code, layout, e->operands[0], into);
  if (const auto row = layout.row(e->value)) {
    Instruction load = on_field(Code::load_row, row->first);
    load.into = into;
    load.a = into;
    load.b = row->stride;
    load.value = static_cast<Word>(std::int64_t{row->first.low});
    return code.add(load);
  }
  Instruction load{.code = Code::load_cell, .into = into, .a = into};
  load.other = code.table(layout.fields(e->value));
  code.add(load);
}

void lower_operator(Assembler& code, const Layout& layout, const ExpressionPtr& e, int into) {
  const auto& operands = e->operands;
  std::vector<std::size_t> order(operands.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, [&](std::size_t i, std::size_t k) {
    return registers_for(operands[i]) > registers_for(operands[k]);
  });

  std::uint8_t place[3] = {};
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = static_cast<std::uint8_t>(into + static_cast<int>(i));
    lower_value(code, layout, operands[order[i]], place[order[i]]);
  }
  code.add({.code = code_of(e->op),
            .into = static_cast<std::uint8_t>(into),
            .a = place[0],
            .b = place[1],
            .c = place[2]});
}

} // namespace

std::optional<ir::Cell> sole_cell(const ExpressionPtr& e, const Layout& layout, int values_max) {
  std::optional<ir::Cell> cell;
  if (!find_sole_cell(e, cell) || !cell) return std::nullopt;
  const ir::Range range = layout.ranges().of(*cell);
  if (range.high - range.low >= values_max) return std::nullopt;
  return cell;
}

std::vector<std::int64_t>
values_by_cell(const ExpressionPtr& e, ir::Cell cell, const Layout& layout) {
  // A state that holds just this cell.
  const auto variable = static_cast<std::size_t>(cell.variable);
  const auto index = static_cast<std::size_t>(cell.index);
  ir::Valuation state(variable + 1);
  state[variable].resize(index + 1);

  std::vector<std::int64_t> values;
  const ir::Range range = layout.ranges().of(cell);
  for (auto value = range.low; value <= range.high; ++value) {
    state[variable][index] = static_cast<int>(value);
    values.push_back(ir::evaluate(*e, state));
  }
  return values;
}

void lower_value(Assembler& code, const Layout& layout, const ExpressionPtr& e, int into) {
  ensure(into + registers_for(e) <= registers_max, "an expression fits the registers");
  const auto target = static_cast<std::uint8_t>(into);
  if (ir::is_constant(e))
    return code.add(
        {.code = Code::set, .into = target, .value = static_cast<Word>(std::int64_t{e->value})});
  if (e->op == Op::load) return lower_load(code, layout, e, target);
  if (const auto cell = sole_cell(e, layout, 64)) {
    Instruction look_up = on_field(Code::look_up, layout.field(*cell));
    look_up.into = target;
    look_up.other = code.table(values_by_cell(e, *cell, layout));
    return code.add(look_up);
  }
  lower_operator(code, layout, e, into);
}

} // namespace stalemate
