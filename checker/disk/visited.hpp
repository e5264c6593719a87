#pragma once

#include "checker/disk/run_merge.hpp"

#include <vector>

namespace stalemate {

/// All states of the levels so far, in runs by state.
class Visited {
 public:
  explicit Visited(DiskWork& work);

  /// From now on questions are about rising states.
  void begin_questions();
  [[nodiscard]] bool has(const Word* state);

  /// Those of one more level.
  void add(Run run) { runs_.add(std::move(run)); }

 private:
  DiskWork& work_;
  RunTiers runs_;
  std::vector<RunReader> readers_;
};

} // namespace stalemate
