// Everything that can be changed about the kernel of scenarios that hold, and what notices.
#pragma once

#include "checker/search/limits.hpp"
#include "cli/load.hpp"
#include "reports/teeth.hpp"

#include <string>
#include <vector>

namespace stalemate::cli {

/// What is asked of which scenarios.
struct TeethQuestion {
  std::vector<std::string> paths; ///< Of these only; empty: of all.
  Limits limits;                  ///< Of the search of each scenario.
  /// Of each path also so many of the smallest scenarios that are beyond `limits`, up to
  /// `teeth_states_max` states: a path that runs in large scenarios only has teeth, too.
  std::size_t smallest = 0;
  int jobs = 1; ///< So many at once; the result is the same.
};

inline constexpr std::uint64_t teeth_states_max = 100'000; ///< Of each of thousands of searches.

/// Makes every mutant of every path in every scenario that holds, the small ones first, until a
/// claim notices. Of those that no claim notices, finds out what others can tell, and which other
/// one has to be made as well for a claim to notice.
[[nodiscard]] report::Teeth teeth_of(const std::vector<Candidate>& candidates,
                                     const TeethQuestion& question);

} // namespace stalemate::cli
