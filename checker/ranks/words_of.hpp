// What one rank tells the others.
#pragma once

#include "checker/ranks/ranks.hpp"
#include "checker/result/verdict.hpp"

#include <string>

namespace stalemate {

/// What this rank says to all. The others call it with whatever they like.
[[nodiscard]] Ranks::Message words_of(int rank, const Ranks::Message& words, Ranks& ranks);
[[nodiscard]] std::string words_of(int rank, const std::string& words, Ranks& ranks);

/// The result that this rank has found, all of it.
[[nodiscard]] Result result_of(int rank, const Result& result, Ranks& ranks);

} // namespace stalemate
