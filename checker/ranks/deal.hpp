#pragma once

#include "checker/ranks/state_number.hpp"

#include <algorithm>
#include <cstdint>

namespace stalemate {

/// Who expands which states of a level: blocks of them are dealt out in turn. A round is a block
/// for everybody, so whoever comes earlier in a round has the earlier states, and rounds follow
/// each other as the states do. Where a level is small the blocks are, too.
class Deal {
 public:
  Deal() = default;
  /// Of the states from `begin` up to before `end`, to so many ranks.
  Deal(StateNumber begin, StateNumber end, int ranks, std::uint64_t block_max)
      : begin_(begin), end_(end), ranks_(static_cast<std::uint64_t>(ranks)),
        block_(std::clamp((size() + ranks_ - 1) / ranks_, std::uint64_t{1}, block_max)) {}

  [[nodiscard]] StateNumber begin() const { return begin_; }
  [[nodiscard]] StateNumber end() const { return end_; }
  [[nodiscard]] int rank_of(StateNumber state) const {
    return static_cast<int>((state - begin_) / block_ % ranks_);
  }
  /// How many of a rank's states come before this one, or would if it were its own.
  [[nodiscard]] std::uint64_t before(StateNumber state, int rank) const {
    const std::uint64_t at = std::min(state, end_) - begin_;
    const std::uint64_t round = block_ * ranks_;
    const std::uint64_t first = block_ * static_cast<std::uint64_t>(rank);
    const std::uint64_t rest = at % round;
    return at / round * block_ + (rest <= first ? 0 : std::min(rest - first, block_));
  }
  /// How many states a rank has.
  [[nodiscard]] std::uint64_t share_of(int rank) const { return before(end_, rank); }
  /// The rank's state before which so many of its own come.
  [[nodiscard]] StateNumber state_of(int rank, std::uint64_t index) const {
    return begin_ + (index / block_ * ranks_ + static_cast<std::uint64_t>(rank)) * block_ +
           index % block_;
  }
  [[nodiscard]] std::uint64_t block() const { return block_; }

 private:
  [[nodiscard]] std::uint64_t size() const { return end_ - begin_; }

  StateNumber begin_ = 0;
  StateNumber end_ = 0;
  std::uint64_t ranks_ = 1;
  std::uint64_t block_ = 1;
};

} // namespace stalemate
