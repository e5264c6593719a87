#pragma once

namespace stalemate::cli {

/// The same as in CMakeLists.txt; a test compares.
inline constexpr auto program_version = "0.1.0";

} // namespace stalemate::cli
