#pragma once

#include "checker/checkpoint/checkpoint.hpp"
#include "checker/program/program.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>

namespace stalemate {

/// The checkpoints of everything that is searched for one answer, one search after the other: a
/// reduced search and a plain one, say. Each has a folder with its number. Who asks again, for the
/// same answer, comes by the same searches in the same order.
class Checkpoints {
 public:
  struct Options {
    std::filesystem::path folder;
    std::chrono::milliseconds distance{0}; ///< A search writes one so often; 0: all the time.
    bool goes_on = false;                  ///< From those that are there; else there must be none.
    Generation generation = Generation::newest;
  };

  /// Throws CheckpointError if there are some where none must be.
  explicit Checkpoints(Options options);

  /// Those of the next search.
  [[nodiscard]] Checkpoint next(const Program& program);

  [[nodiscard]] const Options& options() const { return options_; }

 private:
  Options options_;
  std::size_t searches_ = 0;
};

} // namespace stalemate
