#pragma once

#include "checker/program/layout.hpp"

#include <cstdint>

namespace stalemate {

constexpr int fingerprint_words = 2;
constexpr int fingerprint_bits = 64 * fingerprint_words;

/// A hash that stands for a state whole: two states with the same one are taken for the same.
/// Always the same one for the same state. Of fewer than all `bits` the others are 0, so that a
/// test can see what happens then.
void fingerprint(const Word* state, int words, int bits, Word* hash);

/// With so many states found by hashes of so many bits: at most so probable is it that a state was
/// left out because its hash was that of another one. Each pair of n states has the chance 2^-bits,
/// and there are less than n^2 / 2 pairs.
[[nodiscard]] double omission_probability(std::uint64_t states, int bits);

} // namespace stalemate
