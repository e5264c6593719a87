#pragma once

#include <string>
#include <vector>

namespace stalemate::kernel {

/// A value that the command line puts into every scenario that it names, on top of file and
/// variant. What the scenario expects was said about another one, so that it then asks.
struct Override {
  std::string pointer; ///< JSON pointer into the merged scenario: /kernel/iomap_valid.
  std::string json;    ///< The value, as JSON text.
  std::string option;  ///< What was typed, for messages: --set iomap_valid=none.
};

using Overrides = std::vector<Override>;

/// Of "iomap_valid=none". Throws InputError for what is no knob or no value of it.
[[nodiscard]] Override knob_override(const std::string& setting);

} // namespace stalemate::kernel
