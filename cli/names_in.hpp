#pragma once

#include <string>
#include <vector>

namespace stalemate::cli {

/// The names in a folder, in any order, without those of itself and of the one above. Throws
/// std::system_error. The iterators of g++ 12's library allocate in functions that must not throw:
/// where memory runs out there, the program would die.
[[nodiscard]] std::vector<std::string> names_in(const std::string& folder);

} // namespace stalemate::cli
