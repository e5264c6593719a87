#pragma once

#include <cstddef>
#include <map>
#include <string>

namespace stalemate::kernel {

/// A place in a text. Columns count characters, not bytes. Both start at 1.
struct Position {
  int line = 1;
  int column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

/// A part of a text, in bytes.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0; ///< One past its last byte.
};

/// Where everything in a JSON text stands, by JSON pointer (RFC 6901); the root is "".
struct Positions {
  std::map<std::string, Position> values;
  std::map<std::string, Position> keys;  ///< By the pointer of the value that the key introduces.
  std::map<std::string, Span> spans;     ///< Of values.
  std::map<std::string, Span> key_spans; ///< Of keys, likewise.
};

} // namespace stalemate::kernel
