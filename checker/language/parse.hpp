// Expressions and assignments as text: the inverse of how ir::text() prints them. C's operators and
// precedence over the names that traces print, and what a claim needs besides:
//
//   a => b                              implies; binds less than ||, more than ?:
//   min(a, b)  max(a, b)
//   all(i, folio, E)  any(...)  count(...)   over the rows of folio[], or over a range: 0..3
//   at(writer0, "function: phrase")     stands there; at("function: phrase") for somebody
//   done(writer0)                       has ended
//   holder(lock)                        who holds it alone, or free
//   held(lock)  held_by(lock, writer0)  alone or together with others
//   number(x)                           what stands behind a word or a truth value
//   cell(folio.data, 5)                 a cell by its number in the table, row by row
//
// Words such as `hole` are values of what they are compared with, assigned to or chosen against;
// those that are no names stand in quotes.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/language/syntax_error.hpp"

#include <string_view>

namespace stalemate::language {

/// What the names of a text mean.
struct Scope {
  const ir::Model& model;
  /// The process that the text is about: its own variables may be named without it (`pos` is
  /// writer0.pos), and `self` is it.
  int process = ir::none;
  /// at() and done() are allowed: only where no step will be renumbered any more.
  bool may_ask_where = false;
};

/// Texts that are longer, or nested deeper, are refused, so that nobody's input can hang a program.
inline constexpr std::size_t bytes_max = 20'000;
inline constexpr int nesting_max = 200;

// All of these throw SyntaxError.

/// Any expression.
[[nodiscard]] ir::ExpressionPtr parse_value(const Scope& scope, std::string_view text);

/// An expression that is true or false.
[[nodiscard]] ir::ExpressionPtr parse_condition(const Scope& scope, std::string_view text);

/// A read of one cell, such as the name of a lock.
[[nodiscard]] ir::ExpressionPtr parse_place(const Scope& scope, std::string_view text);

/// "folio[0].dirty = no"
[[nodiscard]] ir::Effect parse_assignment(const Scope& scope, std::string_view text);

} // namespace stalemate::language
