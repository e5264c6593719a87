#include "checker/disk/rows.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace stalemate {

namespace {

/// Rows that are short enough to be moved about.
template <std::size_t words>
void sort_short(std::span<Word> rows, RowOrder order) {
  using Row = std::array<Word, words + 1>;
  auto* const first = reinterpret_cast<Row*>(rows.data());
  auto* const last = first + rows.size() / (words + 1);
  if (order == RowOrder::by_number)
    std::sort(first, last, [](const Row& a, const Row& b) { return a[0] < b[0]; });
  else
    std::sort(first, last, [](const Row& a, const Row& b) {
      return comes_before(a.data(), b.data(), words, RowOrder::by_state);
    });
}

/// Finds out who goes where, and moves each row once.
void sort_long(std::span<Word> rows, std::size_t words, RowOrder order) {
  const std::size_t width = words + 1;
  std::vector<std::size_t> from(rows.size() / width);
  std::iota(from.begin(), from.end(), std::size_t{0});
  const auto row = [&](std::size_t i) { return rows.data() + i * width; };
  std::ranges::sort(from, [&](std::size_t a, std::size_t b) {
    return comes_before(row(a), row(b), words, order);
  });
  std::vector<Word> first(width);
  for (std::size_t start = 0; start < from.size(); ++start) {
    if (from[start] == start) continue;
    std::copy_n(row(start), width, first.begin());
    std::size_t hole = start;
    while (from[hole] != start) {
      std::copy_n(row(from[hole]), width, row(hole));
      const std::size_t next = from[hole];
      from[hole] = hole;
      hole = next;
    }
    std::ranges::copy(first, row(hole));
    from[hole] = hole;
  }
}

} // namespace

void sort_rows(std::span<Word> rows, std::size_t words, RowOrder order) {
  switch (words) {
  case 1:
    return sort_short<1>(rows, order);
  case 2:
    return sort_short<2>(rows, order);
  case 3:
    return sort_short<3>(rows, order);
  case 4:
    return sort_short<4>(rows, order);
  default:
    return sort_long(rows, words, order);
  }
}

} // namespace stalemate
