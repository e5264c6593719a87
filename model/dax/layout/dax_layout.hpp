#pragma once

#include <cstdint>
#include <vector>

namespace stalemate::kernel::dax {

/// One page-sized part of the file.
enum class Offset : std::uint8_t { hole, mapped, present };

/// The DAX file at the start. Block i is the i-th offset that is not a hole; then free blocks.
struct DaxLayout {
  std::vector<Offset> offsets;
  int free_blocks = 0;
  bool has_every_worker = false; ///< To show paths: workers run though nothing needs them.

  [[nodiscard]] int used_blocks() const {
    int used = 0;
    for (const Offset offset : offsets)
      used += offset == Offset::hole ? 0 : 1;
    return used;
  }
  [[nodiscard]] int blocks() const { return used_blocks() + free_blocks; }
};

} // namespace stalemate::kernel::dax
