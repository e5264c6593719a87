#include "reports/ladder.hpp"

#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/tests/live_example.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <ostream>
#include <string>

using namespace stalemate;
using namespace stalemate::report::tests;

namespace {

std::string ladder(const ir::Model& model, const Result& result, const std::string& name) {
  const auto trace = replay(model, result);
  return written([&](std::ostream& out) {
    report::write_ladder(model, trace, report::example::caption(name, model, result), out);
  });
}

} // namespace

class LadderTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LadderTest);
  CPPUNIT_TEST(tells_a_race_as_a_commit_message_does);
  CPPUNIT_TEST(a_deadlock_ends_with_who_waits);
  CPPUNIT_TEST(a_loop_is_told_as_one);
  CPPUNIT_TEST(fits_a_commit_message_whoever_takes_part);
  CPPUNIT_TEST(is_plain_ascii_whatever_the_names);
  CPPUNIT_TEST_SUITE_END();

 public:
  void tells_a_race_as_a_commit_message_does() {
    assert_golden("race.ladder.txt",
                  ladder(report::example::race(), report::example::race_result(), "R1#none"));
  }

  void a_deadlock_ends_with_who_waits() {
    assert_golden("cycle.ladder.txt",
                  ladder(report::example::cycle(), report::example::cycle_result(), "R1#lock"));
  }

  void a_loop_is_told_as_one() {
    assert_golden("retries.ladder.txt",
                  ladder(report::example::retries(), report::example::retries_result(), "L0"));
  }

  void fits_a_commit_message_whoever_takes_part() {
    for (int processes = 1; processes <= 9; ++processes) {
      const auto crowd =
          ladder(report::example::crowd(processes), report::example::crowd_result(processes), "W");
      CPPUNIT_ASSERT_MESSAGE(std::to_string(processes) + " processes:\n" + crowd,
                             widest(crowd) <= 72);
    }
  }

  void is_plain_ascii_whatever_the_names() {
    const auto text = ladder(
        report::example::race(), report::example::race_result(), "R\303\2661 \342\206\222\033[1m");
    CPPUNIT_ASSERT(text.starts_with("R?1 ??[1m: "));
    CPPUNIT_ASSERT(
        std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LadderTest);
