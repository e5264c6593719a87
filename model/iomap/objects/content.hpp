#pragma once

#include <string>
#include <vector>

namespace stalemate::kernel::iomap {

/// What a segment holds, as a tag: who wrote it. Data is never moved between positions of the file
/// by any path here, so that a tag need not say for which position it was meant.
namespace content {

inline constexpr int zeroes = 0;
inline constexpr int stale = 1; ///< What memory or an unwritten disk block happens to hold.
inline constexpr int old = 2;   ///< Written before the scenario starts.

/// What the writing process number `rank` writes, counting only those that write.
inline constexpr int by(int rank) {
  return 3 + rank;
}

} // namespace content

/// The names of all tags in a model in which these processes write.
[[nodiscard]] inline std::vector<std::string>
content_names(const std::vector<std::string>& writers) {
  std::vector<std::string> names{"zeroes", "stale", "old"};
  for (const auto& writer : writers)
    names.push_back("by " + writer);
  return names;
}

} // namespace stalemate::kernel::iomap
