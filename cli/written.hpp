// Files that a command of this program wrote and that are no scenarios, though they lie where
// scenarios do.
#pragma once

#include <string>

namespace stalemate::cli {

/// What the file says at its beginning that it is, and what reads such a file: "this is a report of
/// `check`, not a scenario; `stalemate merge` reads it". Empty if it is something else, cannot be
/// read, or is standard input, which can be read once only.
[[nodiscard]] std::string why_no_scenario(const std::string& path);

} // namespace stalemate::cli
