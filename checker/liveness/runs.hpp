#pragma once

#include "checker/program/program.hpp"
#include "checker/result/verdict.hpp"
#include "checker/search/limits.hpp"
#include "checker/store/state_set.hpp"

#include <vector>

namespace stalemate {

/// A search that has visited every state and found nothing wrong with any of them.
struct Explored {
  StateSet& seen;
  const Counts& counts;
  const std::vector<std::uint64_t>& level_ends; ///< By depth: the first state behind it.
  const std::vector<StateId>& stalled;          ///< See may_be_stranded().
};

/// Does the model claim anything about runs?
[[nodiscard]] bool claims_runs(const ir::Model& model);

/// What a search can not see state by state: processes that can never move again while others can,
/// and the claims about runs. Exact, on the graph of all states; where nothing can be wrong it is
/// not even made. Fills in the first claim that is broken, or why there is no answer.
///
/// The schedule is a shortest one that leads to where the claim can no longer hold, or into a fair
/// loop on which it does not. Where a claim can be broken by a run on which nobody progresses, that
/// is reported, as a livelock; else by one on which somebody waits for ever, as starvation; and as
/// violated where everyone ends or rests and the goal was not met.
void check_runs(const Program& program,
                const Explored& explored,
                const Limits& limits,
                const Watch& watch,
                Result& result);

} // namespace stalemate
