#pragma once

#include <string>

namespace stalemate::tests {

/// What is wrong with the counters that a rendezvous is tried on; `none` is how the real ones
/// behave.
enum class Mutant {
  none,
  unpublished, ///< Setting a counter does not publish what was written before.
  unseen,      ///< Waiting for one does not see what was published.
  not_atomic,  ///< A counter is read, then written, and not both at once.
};

/// Runs two rounds of three threads at a Rendezvous under Relacy, every schedule with up to two
/// preemptions. Empty if all went well; otherwise what broke.
[[nodiscard]] std::string simulate_rendezvous(Mutant mutant);

} // namespace stalemate::tests
