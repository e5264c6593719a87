#pragma once

#include <string>

namespace stalemate::kernel {

/// A word that a scenario may use, with the line that `list` and the schema print about it.
struct Word {
  std::string name;
  std::string text; ///< One line, no full stop.
};

} // namespace stalemate::kernel
