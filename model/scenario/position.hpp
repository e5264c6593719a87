#pragma once

#include <map>
#include <string>

namespace stalemate::kernel {

/// A place in a text. Columns count characters, not bytes. Both start at 1.
struct Position {
  int line = 1;
  int column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

/// Where everything in a JSON text stands, by JSON pointer (RFC 6901); the root is "".
struct Positions {
  std::map<std::string, Position> values;
  std::map<std::string, Position> keys; ///< By the pointer of the value that the key introduces.
};

} // namespace stalemate::kernel
