#pragma once

#include "checker/disk/rows.hpp"
#include "checker/disk/run.hpp"

#include <span>
#include <vector>

namespace stalemate {

/// The rows of several runs in order; by state, of those with the same one only the first.
class RunMerge {
 public:
  RunMerge(DiskWork& work, std::span<const Run> runs, RowOrder order);

  /// Valid until the next call; null if there are no more.
  [[nodiscard]] const Word* next();

 private:
  [[nodiscard]] Word* row(std::size_t run) { return rows_.data() + run * width_; }
  void pass();

  std::size_t width_;
  RowOrder order_;
  std::vector<RunReader> readers_;
  std::vector<Word> rows_;        ///< Of each run the one that is next.
  std::vector<std::size_t> heap_; ///< Runs that have one; the run with the first is on top.
  std::vector<Word> last_;        ///< The row that was given out.
  bool is_first_ = true;
};

/// Runs that are merged, a number of the same size at a time, so that there are never many, and
/// each row is written again only as often as its run has grown by that factor.
class RunTiers {
 public:
  RunTiers(DiskWork& work, RowOrder order, std::size_t factor)
      : work_(work), order_(order), factor_(factor) {}

  void add(Run run);
  void clear() { runs_.clear(); }
  [[nodiscard]] std::span<const Run> runs() const { return runs_; }

 private:
  [[nodiscard]] int tier_of(const Run& run) const;

  DiskWork& work_;
  RowOrder order_;
  std::size_t factor_;
  std::vector<Run> runs_;
};

} // namespace stalemate
