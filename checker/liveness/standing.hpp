#pragma once

#include "checker/program/program.hpp"

#include <cstdint>
#include <vector>

namespace stalemate {

/// Some processes of a model, one bit each. See ir::processes_max.
using ProcessSet = std::uint64_t;

[[nodiscard]] constexpr ProcessSet only(int process) {
  return ProcessSet{1} << process;
}
[[nodiscard]] constexpr bool has(ProcessSet set, int process) {
  return ((set >> process) & 1) != 0;
}

/// What the places where the processes stand say about them, in one state.
struct Standing {
  ProcessSet waiting = 0; ///< Neither ended nor at rest.
  ProcessSet busy = 0;    ///< Neither ended nor at an idle step.
  ProcessSet weak = 0;    ///< The scheduler is weakly fair to them here.
  ProcessSet strong = 0;  ///< Strongly.

  [[nodiscard]] ProcessSet fair() const { return weak | strong; }
};

/// Tells how processes stand. Made once for a program.
class Standings {
 public:
  explicit Standings(const Program& program);

  [[nodiscard]] Standing of(const Word* state) const;

  /// Everyone who could be one of these under another name: see Symmetry::alike.
  [[nodiscard]] ProcessSet alike(ProcessSet some) const;

  /// The process that fires a transition.
  [[nodiscard]] int process_of(std::uint32_t transition) const { return processes_[transition]; }

 private:
  /// One step of a process, or its end.
  struct Place {
    bool is_end = false;
    bool is_idle = false;
    ir::Fairness fairness = ir::Fairness::unfair;
  };

  const Program& program_;
  std::vector<std::vector<Place>> places_;
  std::vector<int> processes_; ///< By transition.
};

} // namespace stalemate
