#pragma once

#include "checker/ir/range.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace stalemate::ir {

struct Model;

/// Index into Model::variables.
using VariableId = int;

/// Index of a cell inside its variable: 0 for a scalar, row * columns + column for a table.
using CellIndex = int;

enum class Op : std::uint8_t {
  constant, ///< value
  load,     ///< variable `value`, at operand 0 if there is one
  invert,   ///< 1 if operand 0 is 0, else 0
  negate,   ///< minus operand 0
  add,
  subtract,
  multiply,
  divide, ///< towards zero; the divisor's range excludes 0
  modulo, ///< both operands non-negative, the divisor positive
  equal,
  not_equal,
  less,
  less_equal,
  both,   ///< 1 if both operands are not 0
  either, ///< 1 if one operand is not 0
  select, ///< operand 1 if operand 0 is not 0, else operand 2
  minimum,
  maximum,
  self, ///< 1 + number of the process that runs the step; gone once a path is recorded
};

struct Expression;
using ExpressionPtr = std::shared_ptr<const Expression>;

/// A pure, total expression over the variables of a model: an immutable tree. Truth is 0 or 1.
/// Total means that no evaluation can fail: indexes and divisors are checked when it is made, and
/// that no value in it needs more than 32 bits.
struct Expression {
  Op op = Op::constant;
  int value = 0; ///< The constant, or the VariableId of a load.
  std::vector<ExpressionPtr> operands;
  Range range; ///< Every value that it can take, from the ranges of what it reads.
  /// Where combine() folded: the operation as it was written, on operands that may say the same of
  /// themselves. Null where nothing was folded. See evaluate_as_written().
  ExpressionPtr written = {};
};

/// Makes a constant. Throws InvalidModel if it needs more than 32 bits.
[[nodiscard]] ExpressionPtr constant(std::int64_t value);

/// Makes a read of a cell. `range` is the variable's; `index` is null for a scalar.
[[nodiscard]] ExpressionPtr load(VariableId variable, Range range, ExpressionPtr index);

/// The number of the running process plus one, in a model of `processes` processes.
[[nodiscard]] ExpressionPtr self(int processes);

/// Combines operands; folds what is constant. The negation of a comparison is the opposite one, so
/// that `!(a == b)` and `a != b` are the same. Throws InvalidModel when a divisor may be 0, a
/// modulo operand negative, or a value needs more than 32 bits.
[[nodiscard]] ExpressionPtr combine(Op op, std::vector<ExpressionPtr> operands);

/// The same without a memory of what was written: for what rewrites expressions.
[[nodiscard]] ExpressionPtr fold(Op op, std::vector<ExpressionPtr> operands);

/// The expression without that memory, in all its parts: what it was folded to is all that counts.
[[nodiscard]] ExpressionPtr as_folded(const ExpressionPtr& expression);

/// The expression with every `self` replaced by 1 + process.
[[nodiscard]] ExpressionPtr with_self(const ExpressionPtr& expression, int process);

/// True for a constant, with any value.
[[nodiscard]] bool is_constant(const ExpressionPtr& expression);
/// True for the constant `value`.
[[nodiscard]] bool is_constant(const ExpressionPtr& expression, std::int64_t value);

/// Are both the same tree?
[[nodiscard]] bool is_same(const Expression& one, const Expression& other);

/// The expression as a reader would write it: `writer0.cookie == inode.seq`.
/// language::parse_value() reads it back.
[[nodiscard]] std::string text(const Model& model, const ExpressionPtr& expression);

} // namespace stalemate::ir
