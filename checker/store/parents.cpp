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

// The last word is not yet what it will be. Capacities are part of the memory in use.
void Parents::save(SnapshotWriter& out) const {
  out.number(words_.capacity());
  out.number(samples_.capacity());
  out.number(length_);
  out.number(children_);
  out.number(length_ % 64 == 0 ? 0 : words_.back());
  const auto whole = std::as_bytes(std::span(words_)).first(length_ / 64 * 8);
  out.grown(0, whole.size(), [&](std::uint64_t at) { return whole.subspan(at); });
  out.grown(samples_);
}

void Parents::load(SnapshotReader& in) {
  words_.reserve(in.number());
  samples_.reserve(in.number());
  length_ = in.number();
  children_ = in.number();
  const std::uint64_t last = in.number();
  in.grown(words_);
  if (length_ % 64 != 0) words_.push_back(last);
  in.grown(samples_);
}

} // namespace stalemate
