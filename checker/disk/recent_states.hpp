#pragma once

#include "checker/program/layout.hpp"
#include "checker/store/fetch.hpp"
#include "checker/store/hash.hpp"
#include "checker/store/pages.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace stalemate {

/// States that were met lately. Each has one place, where the next one that belongs there takes its
/// place, so a state that is there was met, and of one that is not nothing is known.
///
/// What is stored is how a state differs from the initial one, so memory that is fresh, and zero,
/// is a table full of the initial state, which was met.
class RecentStates {
 public:
  RecentStates(const std::vector<Word>& initial, std::uint64_t bytes)
      : initial_(initial), words_(initial.size()),
        count_(std::max<std::uint64_t>(bytes / (words_ * sizeof(Word)), count_min)),
        table_(count_ * words_ * sizeof(Word)) {}

  [[nodiscard]] std::uint64_t place_of(const Word* state) const {
    __extension__ using Wide = unsigned __int128;
    const std::uint64_t hash = hash_of(state, static_cast<int>(words_));
    return static_cast<std::uint64_t>(static_cast<Wide>(hash) * count_ >> 64);
  }
  /// Fetches what meet() will look at.
  void announce(std::uint64_t place) const { fetch(at(place)); }

  /// Is the state at its place? From now on it is.
  [[nodiscard]] bool meet(std::uint64_t place, const Word* state) {
    Word* mine = at(place);
    Word difference = 0;
    for (std::size_t w = 0; w < words_; ++w) {
      const Word word = state[w] ^ initial_[w];
      difference |= word ^ mine[w];
      mine[w] = word;
    }
    return difference == 0;
  }

  [[nodiscard]] std::uint64_t memory() const { return table_.size(); }

 private:
  static constexpr std::uint64_t count_min = 16;

  [[nodiscard]] Word* at(std::uint64_t place) const {
    return reinterpret_cast<Word*>(table_.data()) + place * words_;
  }

  std::vector<Word> initial_;
  std::size_t words_;
  std::uint64_t count_;
  Pages table_;
};

} // namespace stalemate
