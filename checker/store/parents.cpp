#include "checker/store/parents.hpp"

#include "checker/program/ensure.hpp"

#include <bit>

namespace stalemate {

StateId Parents::parent(StateId id) const {
  ensure(id >= 1 && id <= children_, "only states that were reached have a parent");
  const std::uint64_t number = id - 1; // Of the one that we look for, from 0.
  const std::uint64_t sample = samples_[number / sample_distance];
  std::uint64_t missing = number % sample_distance; // Ones between the sample and it.

  std::uint64_t at = sample / 64;
  std::uint64_t word = words_[at] & (~std::uint64_t{0} << (sample % 64));
  for (;;) {
    const auto ones = static_cast<std::uint64_t>(std::popcount(word));
    if (missing < ones) break;
    missing -= ones;
    word = words_[++at];
  }
  for (; missing > 0; --missing)
    word &= word - 1;
  const std::uint64_t position = at * 64 + static_cast<std::uint64_t>(std::countr_zero(word));
  return static_cast<StateId>(position - number); // The zeros before it.
}

std::uint64_t Parents::memory() const {
  return 8 * (words_.capacity() + samples_.capacity());
}

} // namespace stalemate
