#pragma once

#include "checker/program/layout.hpp"

#include <cstdint>

namespace stalemate {

/// The high half of the product xor the low half: every bit of both sides reaches every bit.
[[nodiscard]] inline std::uint64_t multiply_fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

/// A hash of packed words after Wang Yi's wyhash, with a fixed seed: results must not differ from
/// run to run. It only decides how fast states are found, never whether they are equal.
[[nodiscard]] inline std::uint64_t hash_of(const Word* state, int words) {
  constexpr std::uint64_t odd[] = {
      0xa0761d6478bd642f, 0xe7037ed1a0b428db, 0x8ebc6af09c88c6e3, 0x589965cc75374cc3};
  std::uint64_t hash = odd[3];
  int w = 0;
  for (; w + 1 < words; w += 2)
    hash = multiply_fold(state[w] ^ odd[0] ^ hash, state[w + 1] ^ odd[1]);
  if (w < words) hash = multiply_fold(state[w] ^ odd[0] ^ hash, odd[1]);
  return multiply_fold(hash ^ odd[2], odd[0]);
}

} // namespace stalemate
