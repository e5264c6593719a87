// What a text means in a model: from the shape of it to an expression.
#pragma once

#include "checker/ir/sort.hpp"
#include "checker/language/grammar.hpp"
#include "checker/language/names.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stalemate::language {

/// Builds expressions. All of its functions throw SyntaxError.
class Meaning {
 public:
  /// The text is that of the nodes, which messages cite.
  Meaning(const Scope& scope, std::string_view text) : names_(scope), text_(text) {}

  /// What the values of a node are; what it cannot tell yet is any.
  [[nodiscard]] ir::Sort sort(const Node& node);

  /// The expression, of values that fit where `wanted` is wanted.
  [[nodiscard]] ir::ExpressionPtr value(const Node& node, const ir::Sort& wanted);

  /// The cell that a name means.
  [[nodiscard]] ir::ExpressionPtr place(const Node& name);

 private:
  struct Bound {
    std::string name;
    std::int64_t value;
  };

  [[nodiscard]] const Bound* bound(const Node& node) const;
  /// The variable that a name reads; null if it is no name of one, or a lone word that only an
  /// array is called by, which may be a value as well.
  [[nodiscard]] const ir::Variable* read(const Node& name) const;
  [[nodiscard]] ir::ExpressionPtr made(const Node& node, const ir::Sort& wanted);
  [[nodiscard]] ir::ExpressionPtr number(const Node& node, const ir::Sort& wanted) const;
  [[nodiscard]] ir::ExpressionPtr name(const Node& node, const ir::Sort& wanted);
  [[nodiscard]] ir::ExpressionPtr
  word(const Node& node, const std::string& word, const ir::Sort& wanted);
  [[nodiscard]] ir::ExpressionPtr unary(const Node& node);
  [[nodiscard]] ir::ExpressionPtr binary(const Node& node);
  [[nodiscard]] ir::ExpressionPtr comparison(const Node& node, ir::Op op, bool is_turned);
  [[nodiscard]] ir::ExpressionPtr select(const Node& node, const ir::Sort& wanted);
  [[nodiscard]] ir::ExpressionPtr call(const Node& node);

  [[nodiscard]] ir::ExpressionPtr for_each(const Node& node);
  [[nodiscard]] std::pair<std::int64_t, std::int64_t> range(const Node& node);
  [[nodiscard]] ir::ExpressionPtr at(const Node& node);
  [[nodiscard]] ir::ExpressionPtr done(const Node& node);
  [[nodiscard]] ir::ExpressionPtr stands(int process, int step, std::size_t offset) const;
  [[nodiscard]] ir::ExpressionPtr held(const Node& node);
  [[nodiscard]] ir::ExpressionPtr holder(const Node& node);
  [[nodiscard]] ir::ExpressionPtr cell(const Node& node);

  [[nodiscard]] ir::ExpressionPtr
  index(const Node& node, const ir::Variable& variable, std::size_t dimension);
  [[nodiscard]] ir::ExpressionPtr
  combined(std::size_t offset, ir::Op op, std::vector<ir::ExpressionPtr> operands) const;

  void require_operands(const Node& call, std::size_t least, std::size_t most) const;
  void require(const Node& node, const ir::Sort& sort, const ir::Sort& wanted);
  void spend(const Node& node);
  [[nodiscard]] std::string cited(const Node& node) const;

  Names names_;
  std::string_view text_;
  std::vector<Bound> bound_;
  int spent_ = 0;
};

/// "a number", "yes or no", "one of hole, mapped"
[[nodiscard]] std::string described(const ir::Sort& sort);

} // namespace stalemate::language
