#pragma once

#include "model/scenario/json_text.hpp"
#include "model/tests/known_races.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// What came of a scenario.
struct Ending {
  enum class Kind : std::uint8_t {
    refused,   ///< Before the search, with its place.
    holds,     ///< With its warnings left out.
    undecided, ///< After 20,000 states.
    broken,
    wrong ///< A model error, or a refusal that is none.
  };
  Kind kind = Kind::wrong;
  std::string text;                   ///< Of refused and wrong.
  std::string pointer = "";           ///< Of refused.
  std::vector<Mechanism> broken = {}; ///< Any of these; several for a deadlock.

  /// The race that it is, if it is known in this version.
  [[nodiscard]] const KnownRace* race(Version version) const;
};

/// Reads the scenario, builds it and searches it.
[[nodiscard]] Ending ending_of(const Json& document);

} // namespace stalemate::kernel
