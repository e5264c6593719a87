#pragma once

#include "checker/store/arena.hpp"

#include <cstdint>
#include <vector>

namespace stalemate {

/// The state from which each state was first reached, in two bits per state.
///
/// States are expanded in the order in which they were found, so parents never decrease: it is
/// enough to note, for one state after the other, how many new ones it led to. That is written in
/// unary: a 1 for every new state, a 0 when its parent is done.
class Parents {
 public:
  /// The state that is being expanded led to the next new one.
  void add_child() {
    if (children_ % sample_distance == 0) samples_.push_back(length_);
    ++children_;
    append(1);
  }
  /// The state that is being expanded is done.
  void next_parent() { append(0); }
  /// The next state leads to so many new ones; the same as so many calls of add_child() and one of
  /// next_parent().
  void add_parent(std::uint64_t children) {
    const std::uint64_t at = length_ % 64;
    const bool is_simple =
        at != 0 && at + children < 64 && samples_.size() * sample_distance >= children_ + children;
    if (is_simple) {
      words_.back() |= ((std::uint64_t{1} << children) - 1) << at;
      length_ += children + 1;
      children_ += children;
      return;
    }
    for (; children > 0; --children)
      add_child();
    next_parent();
  }

  /// The state from which `id`, 1 or more, was first reached.
  [[nodiscard]] StateId parent(StateId id) const;

  /// Bytes that are in use.
  [[nodiscard]] std::uint64_t memory() const;

  void save(SnapshotWriter& out) const;
  /// Into empty ones.
  void load(SnapshotReader& in);

 private:
  static constexpr std::uint64_t sample_distance = 4096;

  void append(std::uint64_t bit) {
    if (length_ % 64 == 0) words_.push_back(0);
    words_.back() |= bit << (length_ % 64);
    ++length_;
  }

  std::vector<std::uint64_t> words_;
  std::uint64_t length_ = 0;           ///< Bits.
  std::uint64_t children_ = 0;         ///< Ones.
  std::vector<std::uint64_t> samples_; ///< Positions of every 4096th one, from the first on.
};

} // namespace stalemate
