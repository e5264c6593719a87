// What two searches that must not differ have found.
#pragma once

#include "checker/result/verdict.hpp"
#include "checker/tests/figures.hpp"

#include <cppunit/TestAssert.h>
#include <fmt/format.h>

#include <string>

namespace stalemate::tests {

inline std::string text_of(const Result& result) {
  return fmt::format("{} ({}), property {}, part {}, process {}: {} states, {} transitions, depth "
                     "{}, {} steps, loop of {}",
                     word(result.verdict),
                     result.reason,
                     result.property,
                     result.part,
                     result.process,
                     result.counts.states,
                     result.counts.transitions,
                     result.counts.depth,
                     result.schedule.size(),
                     result.loop.size());
}

/// Verdict, counts, coverage and counterexample are the same.
inline void assert_same(const std::string& what, const Result& expected, const Result& found) {
  CPPUNIT_ASSERT_EQUAL_MESSAGE(what, text_of(expected), text_of(found));
  CPPUNIT_ASSERT_MESSAGE(what, expected.coverage.fired == found.coverage.fired);
  CPPUNIT_ASSERT_MESSAGE(what, expected.schedule == found.schedule);
  CPPUNIT_ASSERT_MESSAGE(what, expected.loop == found.loop);
  CPPUNIT_ASSERT_MESSAGE(what, expected.stranded == found.stranded);
  count_figure("cross_product");
}

} // namespace stalemate::tests
