#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace stalemate::language {

struct Token {
  enum class Is : std::uint8_t {
    name,   ///< writer0
    number, ///< 12
    string, ///< "read-only": the text without the quotes
    sign,   ///< && ( .
    end,
  };
  Is is = Is::end;
  std::string_view text; ///< Part of the whole text.
  std::size_t begin = 0; ///< Offsets into the whole text; of a string with its quotes.
  std::size_t end = 0;
};

/// The words of a text, and an end. The text must outlive them. Throws SyntaxError.
[[nodiscard]] std::vector<Token> tokens(std::string_view text);

} // namespace stalemate::language
