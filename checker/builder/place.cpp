#include "checker/builder/place.hpp"

#include <fmt/format.h>

namespace stalemate::build {

namespace {

void require_inside(const std::string& name, const ir::Range& index, int length) {
  if (!ir::Range{0, length - 1}.contains(index))
    throw ir::InvalidModel(fmt::format(
        "{}: index range {}..{} leaves 0..{}", name, index.low, index.high, length - 1));
}

} // namespace

Place::Place(ir::VariableId id, const ir::Variable& variable, ir::ExpressionPtr index)
    : Expr(ir::load(id, variable.range, std::move(index))),
      name_(std::make_shared<const std::string>(variable.name)) {}

Effect Place::operator=(const Expr& value) const { // NOLINT(misc-unconventional-assign-operator)
  const ir::Range mine = node()->range;
  const ir::Range its = value.range();
  if (its.high < mine.low || its.low > mine.high)
    throw ir::InvalidModel(fmt::format("{}: value {} is outside {}..{}",
                                       *name_,
                                       its.is_single() ? std::to_string(its.low)
                                                       : fmt::format("{}..{}", its.low, its.high),
                                       mine.low,
                                       mine.high));
  const auto& operands = node()->operands;
  return Effect({node()->value, operands.empty() ? nullptr : operands[0], value.node()});
}

Place Array::operator[](const Expr& index) const {
  const auto& shape = variable_->shape;
  if (shape.size() == 2 && !row_) throw ir::InvalidModel(variable_->name + ": a row is missing");
  require_inside(variable_->name, index.range(), shape.back());
  if (!row_) return {id_, *variable_, index.node()};

  const Expr cell = Expr(row_) * shape[1] + index;
  return {id_, *variable_, cell.node()};
}

Array Array::row(const Expr& index) const {
  if (variable_->shape.size() != 2) throw ir::InvalidModel(variable_->name + ": has no rows");
  require_inside(variable_->name, index.range(), variable_->shape[0]);
  Array one = *this;
  one.row_ = index.node();
  return one;
}

int Array::size() const {
  return row_ ? variable_->shape.back() : variable_->cells();
}

} // namespace stalemate::build
