#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"

#include <cstddef>
#include <optional>

namespace stalemate {

/// What check_runs() should say of a model in which explore_plainly() finds nothing.
struct RunsVerdict {
  Verdict verdict = Verdict::holds;
  int property = -1;
  std::size_t length = 0; ///< Steps up to the loop, or to where it is too late.

  friend bool operator==(const RunsVerdict&, const RunsVerdict&) = default;
};

/// The same answer in the plainest way: states in a list, what leads where by following everything
/// from everywhere, and fairness by trying, for each set of processes, that just these go on for
/// ever. Only for a few hundred states; nothing if there are more than `states_max`.
[[nodiscard]] std::optional<RunsVerdict> judge_runs_plainly(const ir::Model& model,
                                                            std::size_t states_max);

/// In a model in which explore_plainly() finds nothing: the steps to the nearest state from which
/// somebody, who neither ended nor rests, can never move again; nothing if there is none, or if
/// there are more than `states_max` states.
[[nodiscard]] std::optional<std::size_t> lost_after_plainly(const ir::Model& model,
                                                            std::size_t states_max);

} // namespace stalemate
