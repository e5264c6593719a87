#pragma once

#include "checker/ir/step.hpp"

#include <optional>
#include <string>
#include <vector>

namespace stalemate::ir {

/// More than anyone can read about. Sets of processes are words of the machine.
inline constexpr std::size_t processes_max = 64;

/// One thread of control. It starts at step 0.
struct Process {
  std::string name; ///< As ps would call it: writer0, kswapd.
  std::string path; ///< The path that it runs; processes of one path have the same steps.
  VariableId location = none;
  std::optional<Fairness> fairness; ///< At the steps that do not say; see fairness_at().
  std::vector<Step> steps;

  /// The value of `location` when the process has ended.
  [[nodiscard]] int finished() const { return static_cast<int>(steps.size()); }
};

/// What the process is owed while it stands at the step. Unless the model says otherwise the
/// scheduler is weakly fair, but owes a daemon nothing at the step where it may rest.
[[nodiscard]] inline Fairness fairness_at(const Process& process, int step) {
  if (step == process.finished()) return Fairness::unfair;
  const Step& at = process.steps[static_cast<std::size_t>(step)];
  if (at.fairness) return *at.fairness;
  if (process.fairness) return *process.fairness;
  return at.idle ? Fairness::unfair : Fairness::weak;
}

/// True if taking this way out of the step completes something: the process ends, or goes back to
/// begin another round. Going forward is only ever on the way to that, and a retry is none. So a
/// process that goes round in a circle progresses just if something in the circle is progress.
[[nodiscard]] inline bool
is_progress(const Process& process, int step, const Alternative& alternative) {
  const bool does_nothing = alternative.next == step && alternative.effects.empty();
  if (alternative.retry || does_nothing) return false;
  return alternative.next == process.finished() || alternative.next <= step;
}

} // namespace stalemate::ir
