#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// What extensions are compiled against: names from the root of the project, and a number that
/// their names and contents have in common with no others.
struct Headers {
  std::vector<std::string> names;
  std::string number;
};

/// Those that this program was compiled with. The build writes them down.
[[nodiscard]] const Headers& known_headers();

/// The number of headers in a folder; one that cannot be read counts as empty.
[[nodiscard]] std::string number_of(const std::vector<std::string>& names,
                                    const std::string& folder);

/// The folder with the headers: $STALEMATE_INCLUDE, else what is installed or checked out around
/// the program: `include/stalemate` beside a folder that it is in, or such a folder itself. Empty
/// if there is none.
[[nodiscard]] std::string find_headers();

} // namespace stalemate::kernel
