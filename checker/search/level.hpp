#pragma once

#include <cstdint>

namespace stalemate {

/// States of equal distance from the initial one: a range of numbers.
struct Level {
  std::uint64_t begin = 0;
  std::uint64_t end = 1;
  std::uint64_t depth = 0;
};

} // namespace stalemate
