#include "checker/ir/evaluate.hpp"

#include <algorithm>

namespace stalemate::ir {

namespace {

enum class Reading : bool { as_folded, as_written };

/// What was written is read with care: its indexes were checked as what they were folded to.
template <Reading reading>
int cell_of(const std::vector<int>& cells, std::int64_t index) {
  const auto at = static_cast<std::size_t>(index);
  if constexpr (reading == Reading::as_written) return cells.at(at);
  return cells[at];
}

template <Reading reading>
std::int64_t value_of(const Expression& e, const Valuation& state) {
  if constexpr (reading == Reading::as_written)
    if (e.written) return value_of<reading>(*e.written, state);
  const auto operand = [&](std::size_t i) { return value_of<reading>(*e.operands[i], state); };
  switch (e.op) {
  case Op::constant:
    return e.value;
  case Op::load:
    return cell_of<reading>(state[static_cast<std::size_t>(e.value)],
                            e.operands.empty() ? 0 : operand(0));
  case Op::invert:
    return operand(0) == 0 ? 1 : 0;
  case Op::negate:
    return -operand(0);
  case Op::add:
    return operand(0) + operand(1);
  case Op::subtract:
    return operand(0) - operand(1);
  case Op::multiply:
    return operand(0) * operand(1);
  case Op::divide:
    return operand(0) / operand(1);
  case Op::modulo:
    return operand(0) % operand(1);
  case Op::equal:
    return operand(0) == operand(1) ? 1 : 0;
  case Op::not_equal:
    return operand(0) != operand(1) ? 1 : 0;
  case Op::less:
    return operand(0) < operand(1) ? 1 : 0;
  case Op::less_equal:
    return operand(0) <= operand(1) ? 1 : 0;
  case Op::both:
    return operand(0) != 0 && operand(1) != 0 ? 1 : 0;
  case Op::either:
    return operand(0) != 0 || operand(1) != 0 ? 1 : 0;
  case Op::select:
    return operand(0) != 0 ? operand(1) : operand(2);
  case Op::minimum:
    return std::min(operand(0), operand(1));
  case Op::maximum:
    return std::max(operand(0), operand(1));
  case Op::self:
    break;
  }
  throw InvalidModel("an expression still says `self`");
}

CellIndex index_of(const Expression& read, const Valuation& state) {
  return read.operands.empty() ? 0 : static_cast<CellIndex>(evaluate(*read.operands[0], state));
}

void collect(const Expression& e, const Valuation& state, std::vector<Cell>& cells) {
  if (e.op == Op::load) {
    const Cell cell{e.value, index_of(e, state)};
    if (std::find(cells.begin(), cells.end(), cell) == cells.end()) cells.push_back(cell);
  }
  if (e.op == Op::select) {
    collect(*e.operands[0], state, cells);
    collect(*e.operands[evaluate(*e.operands[0], state) != 0 ? 1 : 2], state, cells);
    return;
  }
  for (const auto& operand : e.operands)
    collect(*operand, state, cells);
}

} // namespace

std::int64_t evaluate(const Expression& e, const Valuation& state) {
  return value_of<Reading::as_folded>(e, state);
}

std::int64_t evaluate_as_written(const Expression& e, const Valuation& state) {
  return value_of<Reading::as_written>(e, state);
}

std::vector<Cell> cells_read(const Expression& expression, const Valuation& state) {
  std::vector<Cell> cells;
  collect(expression, state, cells);
  return cells;
}

} // namespace stalemate::ir
