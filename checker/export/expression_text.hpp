#pragma once

#include "checker/ir/model.hpp"

#include <string>
#include <vector>

namespace stalemate {

/// How another language writes expressions.
struct Dialect {
  const char* both;
  const char* either;
  const char* invert;
  const char* equal;
  const char* not_equal;
  const char* then; ///< Of (condition then one : other).
  bool is_typed;    ///< Truth is no number there: true and 1 are different things.
};

/// Writes the expressions of a model in another language. Truth is written as truth wherever it is
/// one, so that a reader sees `!dirty && index < 2` and not `(dirty == 0) != 0`.
class ExpressionText {
 public:
  ExpressionText(const ir::Model& model, const Dialect& dialect)
      : model_(model), dialect_(dialect) {}

  std::vector<std::string> variables; ///< Their names there, by VariableId.
  std::vector<bool> is_truth;         ///< Whether the variable is declared as a truth value there.
  /// Names of values there, by VariableId and value - range.low; empty where there is none.
  std::vector<std::vector<std::string>> values;

  /// The expression as a condition.
  [[nodiscard]] std::string condition(const ir::Expression& e) const { return truth(e, 0); }
  /// The expression as a number, to be compared.
  [[nodiscard]] std::string operand(const ir::Expression& e) const;
  /// The expression as a value for the variable.
  [[nodiscard]] std::string value(const ir::Expression& e, ir::VariableId variable) const;
  /// A constant as a value of the variable.
  [[nodiscard]] std::string value(int constant, ir::VariableId variable) const;
  /// The cell that an effect assigns.
  [[nodiscard]] std::string cell(ir::VariableId variable, const ir::ExpressionPtr& index) const;

 private:
  [[nodiscard]] bool is_boolean(const ir::Expression& e) const;
  [[nodiscard]] std::string truth(const ir::Expression& e, int at_least) const;
  [[nodiscard]] std::string number(const ir::Expression& e, int at_least) const;
  [[nodiscard]] std::string comparison(const ir::Expression& e, int at_least) const;
  [[nodiscard]] std::string inverted(const ir::Expression& e, int at_least) const;
  [[nodiscard]] std::string
  chain(const ir::Expression& e, const char* sign, int mine, int at_least) const;
  [[nodiscard]] std::string
  beside(const ir::Expression& e, const ir::Expression& other, int at_least) const;
  [[nodiscard]] std::string select(const ir::Expression& e, bool as_truth) const;

  const ir::Model& model_;
  Dialect dialect_;
};

} // namespace stalemate
