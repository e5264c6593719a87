#pragma once

#include "checker/result/coverage.hpp"
#include "checker/result/schedule.hpp"

#include <cstdint>
#include <string>

namespace stalemate {

enum class Verdict : std::uint8_t {
  holds,       ///< every reachable state was visited and every property held
  violated,    ///< an invariant or an assertion is broken at the end of the schedule
  latent,      ///< nothing is broken but a warning, at the end of the schedule
  deadlock,    ///< the schedule ends where somebody can never move again
  livelock,    ///< behind the schedule comes a loop in which nobody progresses
  starvation,  ///< behind the schedule comes a loop that leaves somebody, or something, waiting
  stuck,       ///< the schedule ends where not everyone can come to an end any more
  unreachable, ///< every reachable state was visited, and one that should be there was not
  incomplete,  ///< a limit, an interrupt or lack of memory ended the search: no verdict
  model_error, ///< a step left a variable's range or broke the model's own rules
};

/// The word that is printed: "holds", "violated", "deadlock", "model error" and so on.
[[nodiscard]] std::string word(Verdict verdict);

/// True for those that say which property broke; a deadlock breaks only one.
[[nodiscard]] constexpr bool names_property(Verdict verdict) {
  return verdict == Verdict::violated || verdict == Verdict::latent ||
         verdict == Verdict::livelock || verdict == Verdict::starvation ||
         verdict == Verdict::stuck || verdict == Verdict::unreachable;
}

/// True for those that come with a schedule.
[[nodiscard]] constexpr bool has_counterexample(Verdict verdict) {
  return verdict != Verdict::holds && verdict != Verdict::incomplete &&
         verdict != Verdict::unreachable;
}

/// How much was explored.
struct Counts {
  std::uint64_t states = 0;      ///< distinct, the initial one included
  std::uint64_t transitions = 0; ///< alternatives fired, also into known states
  std::uint64_t depth = 0;       ///< transitions on the shortest way to the farthest state
};

/// The outcome of a search.
struct Result {
  Verdict verdict = Verdict::incomplete;
  int property = -1;  ///< Index into Model::properties of what broke; -1 for model_error.
  int part = -1;      ///< Index into its parts, if it is an invariant.
  std::string reason; ///< Of incomplete and model_error, in words.
  Counts counts;
  /// Of holds and latent: the probability that a state was left out, since its hash is that of
  /// another one, is not higher. 0 where states were compared whole, and the verdict is certain.
  double omission = 0;
  bool is_reduced = false; ///< The counts leave out states that a plain search has.
  Schedule schedule;       ///< The counterexample; for an assertion the last decision breaks it.
  bool is_shortest = true; ///< No counterexample is shorter than the schedule.
  /// What follows the schedule for ever, of a claim about runs. Empty if the run stops instead.
  Schedule loop;
  int process = -1;           ///< Of a broken claim of progress: who waits for ever.
  std::vector<int> unreached; ///< Of unreachable: every property of which that is true, in order.
  std::vector<int> stranded;  ///< Who can never move again, of a deadlock in which others can.
  Coverage coverage;
};

} // namespace stalemate
