#pragma once

#include "checker/search/reduced.hpp"

namespace stalemate {

/// The question whether some reachable state makes the property's goal true, as a model: it has one
/// invariant, that none does. `violated` means that there is one, and the schedule leads there.
[[nodiscard]] ir::Model reaching(const ir::Model& model, const ir::Property& property);

/// As explore_endless(), and if everything holds, whether every goal that should be reachable is:
/// for each a search of its own, which ends at the first state that makes it true. `unreachable` if
/// none does, with all goals of which that is true.
[[nodiscard]] Result explore_and_reach(const ir::Model& model,
                                       const Reductions& reductions,
                                       const Limits& limits,
                                       Observer& observer);

} // namespace stalemate
