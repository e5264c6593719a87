#pragma once

#include "checker/tests/beem/models.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::tests::beem {

/// A model with parameters that the collection has numbers about, and these numbers.
struct Instance {
  enum class Answer : std::uint8_t { unasked, no, yes };

  std::string name; ///< As there: anderson.2.
  Puzzle puzzle;
  std::uint64_t states;
  Answer answer = Answer::unasked; ///< Can the goal be reached?
  std::uint64_t length = 0;        ///< Of a way there, its first state counted too.
};

/// Every instance of the models here with at most about 10^5 states.
[[nodiscard]] std::vector<Instance> instances();

} // namespace stalemate::tests::beem
