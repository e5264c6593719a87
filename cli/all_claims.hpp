// A scenario that holds, asked for more than it asks itself.
#pragma once

#include "checker/search/limits.hpp"
#include "cli/finding.hpp"
#include "cli/load.hpp"
#include "model/scenario/scenario.hpp"

#include <utility>

namespace stalemate::cli {

/// Builds its model. Claims that the scenario lists and that cannot be asked in it are left out of
/// the list: what would check them is not there. Throws as kernel::build_model() for all else.
[[nodiscard]] ir::Model build_with_claims(kernel::Scenario& scenario);

/// The scenario with every claim of its model that holds in it, and of its own, whether it lists
/// them or not, also those about runs, and that who has ended holds no lock; and how the search
/// ended. `finding` is that of the candidate
/// itself, which holds: where a limit ends a search for more, that is what remains.
[[nodiscard]] std::pair<Candidate, Finding>
with_all_claims(const Candidate& candidate, Finding finding, const Limits& limits);

} // namespace stalemate::cli
