// How hard a race is to hit: how often the scheduler must take the processor from somebody who
// could have gone on.
#pragma once

#include "checker/ir/model.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace stalemate {

/// Somebody else goes on although this process could have.
struct Preemption {
  int process = 0;
  int step = 0; ///< At which it stands.
};

struct Preempted {
  std::vector<Preemption> preemptions; ///< Of a run that has the fewest, in order.
  std::size_t steps = 0;               ///< Of that run.
};

/// The fewest preemptions of any run that breaks the property: exact, since runs with none are
/// looked at first, then those with one, and so on. To go on with somebody else is free where a
/// process ended, waits or may rest. Nothing if no run breaks it, if only a run that goes on for
/// ever can, or if there is more to look at than `states_max` states, each counted once for
/// everybody who may have run last.
[[nodiscard]] std::optional<Preempted>
fewest_preemptions(const ir::Model& model, int property, std::size_t states_max);

} // namespace stalemate
