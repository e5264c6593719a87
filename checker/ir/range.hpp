#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>

namespace stalemate::ir {

/// The values that something can take: low..high, both included. Arithmetic on ranges is exact for
/// operands that fit 32 bits, which validate() guarantees for variables and constants.
struct Range {
  std::int64_t low = 0;
  std::int64_t high = 0;

  [[nodiscard]] bool contains(std::int64_t value) const { return low <= value && value <= high; }
  [[nodiscard]] bool contains(const Range& r) const { return low <= r.low && r.high <= high; }
  [[nodiscard]] bool is_single() const { return low == high; }

  friend bool operator==(const Range&, const Range&) = default;
};

/// The smallest range that holds all the values.
inline Range spanning(std::initializer_list<std::int64_t> values) {
  return {std::min(values), std::max(values)};
}

} // namespace stalemate::ir
