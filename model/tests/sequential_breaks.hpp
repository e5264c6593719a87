#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// Who runs in a counterexample that is no race of two calls.
enum class Runs : std::uint8_t {
  one,     ///< One process does.
  calls,   ///< Several do, each from its beginning to its end, and none of them is a daemon.
  daemons, ///< A daemon does as well: what a call begins goes on when it has returned.
};

/// Variants of the library that break although everything is done under one lock, for one reason.
struct SequentialBreaks {
  Runs runs;
  std::string why;
  std::vector<std::string> variants;
};

/// All of them.
[[nodiscard]] const std::vector<SequentialBreaks>& sequential_breaks();

} // namespace stalemate::kernel
