#pragma once

#include "checker/ir/model.hpp"

#include <cstdint>

namespace stalemate::tests {

/// A small model made by dice: 2 to 4 processes, arrays indexed by locals, locks of rows, locks
/// held alone and together, waits, open choices, checks, invariants that may read ghosts,
/// assignments that may leave their range. The same seed gives the same model everywhere.
[[nodiscard]] ir::Model random_model(std::uint64_t seed);

/// A smaller one with claims about runs, all kinds of fairness and steps that are retries. Nothing
/// else is claimed but, sometimes, that there is no deadlock, and no assignment leaves its range.
[[nodiscard]] ir::Model random_live_model(std::uint64_t seed);

/// One in which two or three processes have the same steps, and where things that they choose from
/// are alike too, sometimes; nearly symmetric at least.
[[nodiscard]] ir::Model random_alike_model(std::uint64_t seed);
/// The same two with endless counters, copies of them that processes share or keep for themselves,
/// and comparisons of both. Nothing but a counter can leave its range.
[[nodiscard]] ir::Model random_counting_model(std::uint64_t seed);
[[nodiscard]] ir::Model random_live_counting_model(std::uint64_t seed);

/// A sequence of numbers that is the same everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15 + 0x632be59bd9b4e019) {}

  /// 0..count-1
  int below(int count);
  /// low..high
  int between(int low, int high) { return low + below(high - low + 1); }
  /// True in `percent` of 100 cases.
  bool chance(int percent) { return below(100) < percent; }

 private:
  std::uint64_t state_;
};

} // namespace stalemate::tests
