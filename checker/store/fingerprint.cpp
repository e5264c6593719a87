#include "checker/store/fingerprint.hpp"

#include <xxhash.h>

#include <algorithm>
#include <cmath>

namespace stalemate {

namespace {

Word low_bits(Word word, int bits) {
  return bits >= 64 ? word : word & ((Word{1} << std::max(bits, 0)) - 1);
}

} // namespace

void fingerprint(const Word* state, int words, int bits, Word* hash) {
  const XXH128_hash_t all = XXH3_128bits(state, sizeof(Word) * static_cast<std::size_t>(words));
  hash[0] = low_bits(all.low64, bits);
  hash[1] = low_bits(all.high64, bits - 64);
}

double omission_probability(std::uint64_t states, int bits) {
  const auto count = static_cast<double>(states);
  return std::min(1.0, std::ldexp(count * count, -(bits + 1)));
}

} // namespace stalemate
