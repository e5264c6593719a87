#pragma once

#include <vector>

namespace stalemate {

/// One choice of the scheduler and the environment: which process runs, and which alternative of
/// the step at which it stands.
struct Decision {
  int process = 0;
  int alternative = 0;

  friend auto operator<=>(const Decision&, const Decision&) = default;
};

/// A counterexample in its smallest form, independent of how it was found.
using Schedule = std::vector<Decision>;

} // namespace stalemate
