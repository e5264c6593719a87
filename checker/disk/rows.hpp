// A row is a number and, behind it, the words of a state. What the number says depends on who keeps
// the row.
#pragma once

#include "checker/program/layout.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace stalemate {

enum class RowOrder : std::uint8_t {
  by_state, ///< And rows of the same state by number.
  by_number,
};

/// -1, 0, 1: where one state stands to another, as packed words.
[[nodiscard]] inline int compare_states(const Word* a, const Word* b, std::size_t words) {
  for (std::size_t w = 0; w < words; ++w)
    if (a[w] != b[w]) return a[w] < b[w] ? -1 : 1;
  return 0;
}

/// Does one row of states with so many words come before another?
[[nodiscard]] inline bool
comes_before(const Word* a, const Word* b, std::size_t words, RowOrder order) {
  if (order == RowOrder::by_number) return a[0] < b[0];
  const int states = compare_states(a + 1, b + 1, words);
  return states != 0 ? states < 0 : a[0] < b[0];
}

/// Sorts rows that lie one behind the other.
void sort_rows(std::span<Word> rows, std::size_t words, RowOrder order);

} // namespace stalemate
