#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace stalemate {

/// Whether several threads are worth it now. They meet several times a millisecond, so where
/// another program takes one of their cores they wait for it every time. Both ways find the same,
/// so the one goes on that was the faster one lately, and the other is tried now and then: the less
/// often, the longer it was the slower one.
class Pace {
 public:
  enum class Way : std::uint8_t { together, alone };
  using Time = std::chrono::nanoseconds;

  /// States that are expanded in one way before that is thought over.
  static constexpr std::uint64_t stretch = std::uint64_t{1} << 13;
  /// Stretches of a try, of which the best one counts: the table may grow in another.
  static constexpr std::uint64_t tries = 3;
  /// Stretches between two tries, at first and at most; a way that is slower by less than a quarter
  /// may be tried as often as at first.
  static constexpr std::uint64_t between_first = 64;
  static constexpr std::uint64_t between_most = 1024;

  /// How to expand what comes next.
  [[nodiscard]] Way way() const { return way_; }
  /// So many states were expanded that way, in so much time.
  void took(std::uint64_t states, Time time);

 private:
  void end_stretch(double time_per_state);

  Way way_ = Way::together;
  bool is_try_ = true;           ///< It is not known yet whether this way is the faster one.
  std::array<double, 2> time_{}; ///< By way: per state, lately; 0 before it was tried.
  double last_ = 0;              ///< The same of the last stretch.
  std::uint64_t stretches_ = 0;  ///< Since the way was changed.
  std::uint64_t between_ = between_first;
  std::uint64_t states_in_stretch_ = 0;
  Time time_of_stretch_{};
};

} // namespace stalemate
