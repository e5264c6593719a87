#pragma once

#include <string>

namespace stalemate::tests {

/// What is wrong with the memory that a claim is tried on; `none` is how the real one behaves.
enum class Mutant {
  none,
  relaxed,    ///< Filling a slot does not publish the state that it belongs to.
  not_atomic, ///< A slot is looked at, then filled, and not both at once.
  first_wins, ///< A lower number does not replace a higher one.
};

/// Runs claim() on small tables under Relacy, two threads with two states each, every schedule with
/// up to three preemptions. Empty if all went well; otherwise what broke.
[[nodiscard]] std::string simulate_claims(Mutant mutant);

} // namespace stalemate::tests
