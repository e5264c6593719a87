#pragma once

#include "checker/ir/scalarset.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::iomap {

/// What a segment holds, as a tag: who wrote it.
namespace content {

inline constexpr int zeroes = 0;
inline constexpr int garbage = 1; ///< What memory or an unwritten disk block happens to hold.

} // namespace content

/// The tags of one scenario. Data that was there at the start is one tag, unless some path moves
/// blocks, so that it must be told from which block it came.
struct Tags {
  std::vector<std::string> names;
  bool old_by_block; ///< Every block has an `old` of its own.
  int others = 0;    ///< Another file's data; only where blocks are freed.
  int first_writer;
  int scalarset = 0; ///< Of those who write.

  Tags(const std::vector<std::string>& writers, int blocks, bool blocks_move, bool blocks_are_freed)
      : names{"zeroes", "garbage"}, old_by_block(blocks_move) {
    if (!blocks_move) names.emplace_back("old");
    for (int b = 0; blocks_move && b < blocks; ++b)
      names.push_back("old" + std::to_string(b));
    others = static_cast<int>(names.size());
    if (blocks_are_freed) names.emplace_back("another file's");
    first_writer = static_cast<int>(names.size());
    for (const auto& writer : writers)
      names.push_back("by " + writer);
  }

  /// Written before the scenario starts.
  [[nodiscard]] int old(int block) const { return 2 + (old_by_block ? block : 0); }
  /// What the writing process number `rank` writes, counting only those that write.
  [[nodiscard]] int by(int rank) const { return first_writer + rank; }
  /// Tags stand for who wrote.
  [[nodiscard]] ir::Naming naming() const {
    return {.scalarset = scalarset, .first = first_writer};
  }
  [[nodiscard]] int last() const { return static_cast<int>(names.size()) - 1; }
};

} // namespace stalemate::kernel::iomap
