// The shape of a text, before anything is known about its names.
#pragma once

#include "checker/ir/expression.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::language {

struct Node;

/// A part of a name, with what stands in brackets behind it: `data[1]` of `folio[0].data[1]`.
struct NamePart {
  std::string word;
  std::vector<Node> indexes;
};

struct Node {
  enum class Is : std::uint8_t {
    number,
    string, ///< `word`, which stood in quotes
    name,   ///< `parts`
    unary,  ///< `op` of one operand: invert, negate
    binary, ///< `op` of two operands
    more,   ///< a > b
    more_equal,
    implies,
    select, ///< a ? b : c
    range,  ///< a..b, only as an argument
    call,   ///< of the function `word`
  };
  Is is = Is::number;
  ir::Op op = ir::Op::constant;
  std::int64_t value = 0;
  std::string word;
  std::vector<NamePart> parts;
  std::vector<Node> operands;
  std::size_t begin = 0; ///< Offsets into the text.
  std::size_t end = 0;
  std::size_t sign = 0; ///< Of unary and binary operations, where the operator stands.
  int depth = 1;        ///< 1 + that of the deepest operand.
};

/// The name without what stands in brackets: folio.data.
[[nodiscard]] std::string bare_name(const Node& name);

/// Does it name a cell: folio[0].dirty, cell(folio.dirty, 0)?
[[nodiscard]] bool is_place(const Node& node);

struct Assignment {
  Node place;
  Node value;
};

// Both throw SyntaxError.
[[nodiscard]] Node read_expression(std::string_view text);
[[nodiscard]] Assignment read_assignment(std::string_view text);

} // namespace stalemate::language
