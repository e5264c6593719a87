#include "checker/language/parse.hpp"

#include "checker/language/meaning.hpp"

#include <fmt/format.h>

namespace stalemate::language {

ir::ExpressionPtr parse_value(const Scope& scope, std::string_view text) {
  const Node node = read_expression(text);
  return Meaning(scope, text).value(node, {});
}

ir::ExpressionPtr parse_condition(const Scope& scope, std::string_view text) {
  const Node node = read_expression(text);
  Meaning meaning(scope, text);
  const ir::Sort sort = meaning.sort(node);
  if (sort == ir::Sort{} || ir::fits(sort, ir::truth_sort))
    return meaning.value(node, ir::truth_sort);
  throw SyntaxError(
      node.begin,
      fmt::format("this is {}; a condition is yes or no, such as a comparison", described(sort)));
}

ir::ExpressionPtr parse_place(const Scope& scope, std::string_view text) {
  const Node node = read_expression(text);
  if (!is_place(node)) throw SyntaxError(node.begin, "expected the name of one cell");
  return Meaning(scope, text).place(node);
}

ir::Effect parse_assignment(const Scope& scope, std::string_view text) {
  const Assignment read = read_assignment(text);
  Meaning meaning(scope, text);
  const auto place = meaning.place(read.place);
  const ir::Variable& variable = scope.model.variables[static_cast<std::size_t>(place->value)];
  if (variable.kind == ir::Kind::location)
    throw SyntaxError(read.place.begin, "a process is moved by its steps alone");
  auto value = meaning.value(read.value, ir::sort_of(variable));
  if (value->range.high < variable.range.low || value->range.low > variable.range.high)
    throw SyntaxError(
        read.value.begin,
        fmt::format(
            "{} takes {}..{} only", variable.name, variable.range.low, variable.range.high));
  return {place->value, place->operands.empty() ? nullptr : place->operands[0], std::move(value)};
}

} // namespace stalemate::language
