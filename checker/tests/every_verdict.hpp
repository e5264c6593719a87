#pragma once

#include "checker/program/program.hpp"
#include "checker/result/verdict.hpp"
#include "checker/search/limits.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/TestAssert.h>
#include <fmt/format.h>

#include <cstdint>
#include <map>
#include <string>

namespace stalemate::tests {

/// Calls `compare(program, what, limits)`, which returns the result, for so many random models, and
/// sees to it that every verdict of states is among them.
template <typename Compare>
void compare_random_models(std::uint64_t count, Compare compare) {
  Limits few_states;
  few_states.states_max = 20'000;
  std::map<Verdict, int> verdicts;
  int stranded = 0;
  for (std::uint64_t seed = 1; seed <= count; ++seed) {
    const bool is_live = seed % 5 == 0;
    const Program program = compile(is_live ? random_live_model(seed) : random_model(seed));
    const Result result = compare(program, fmt::format("seed {}", seed), few_states);
    ++verdicts[result.verdict];
    stranded += result.stranded.empty() ? 0 : 1;
  }
  for (const Verdict verdict :
       {Verdict::holds, Verdict::violated, Verdict::deadlock, Verdict::model_error})
    CPPUNIT_ASSERT_MESSAGE(word(verdict), verdicts[verdict] > 5);
  CPPUNIT_ASSERT_MESSAGE(std::to_string(stranded), stranded > 2);
}

} // namespace stalemate::tests
