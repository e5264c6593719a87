#pragma once

#include "checker/ir/model.hpp"

namespace stalemate::tests {

/// How the philosophers take their forks.
enum class Manners {
  left_first,  ///< Everyone takes the left fork first: they can all wait for the right one.
  last_is_odd, ///< The last one takes the right fork first.
};

/// Philosophers who think, take two forks, eat and put them down, for ever. No deadlock is claimed,
/// and that neighbours do not eat together.
[[nodiscard]] ir::Model philosophers(int count, Manners manners);

/// What a process of Peterson's algorithm announces first.
enum class Announces {
  interest, ///< That it wants to enter, then whose turn it is: correct.
  turn,     ///< The other way round: both can enter.
};

/// Peterson's lock for two processes. Mutual exclusion is claimed, and no deadlock.
[[nodiscard]] ir::Model peterson(Announces first);

} // namespace stalemate::tests
