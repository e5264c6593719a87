#pragma once

#include "checker/disk/run_merge.hpp"

#include <optional>
#include <vector>

namespace stalemate {

/// Sorts more rows than memory holds: as many as it does are sorted there and become a run.
class Sorter {
 public:
  /// Has room for so many in memory.
  Sorter(DiskWork& work, RowOrder order, std::size_t rows_max);

  void add(Word number, const Word* state) {
    if (rows_.size() == rows_end_) write_run();
    rows_.push_back(number);
    rows_.insert(rows_.end(), state, state + work_.words);
  }

  /// No more will be added until they all have been read.
  void sort();
  /// The next row in order; by state, of those with the same one only the first. Valid until the
  /// next call. Null, once, when all have been read.
  [[nodiscard]] const Word* next();

  [[nodiscard]] std::uint64_t memory() const { return rows_.capacity() * sizeof(Word); }

 private:
  void write_run();
  [[nodiscard]] const Word* next_in_memory();

  DiskWork& work_;
  RowOrder order_;
  std::size_t rows_end_; ///< Words that fit.
  std::vector<Word> rows_;
  std::size_t next_ = 0; ///< Word of the next row, where all are in memory.
  RunTiers runs_;
  std::optional<RunMerge> merge_;
};

} // namespace stalemate
