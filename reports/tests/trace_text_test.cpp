#include "reports/trace_text.hpp"

#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/tests/live_example.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>

using namespace stalemate;
using namespace stalemate::report::tests;

namespace {

std::string text(const ir::Model& model,
                 const Result& result,
                 const std::string& name,
                 bool colour,
                 report::Detailed detailed = report::Detailed::steps) {
  const auto trace = replay(model, result);
  return written([&](std::ostream& out) {
    report::write_trace_text(
        model, trace, report::example::caption(name, model, result), detailed, colour, out);
  });
}

} // namespace

class TraceTextTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(TraceTextTest);
  CPPUNIT_TEST(reads_like_a_mail);
  CPPUNIT_TEST(a_slice_leaves_out_what_does_not_matter);
  CPPUNIT_TEST(a_deadlock_says_who_waits_for_whom);
  CPPUNIT_TEST(a_livelock_shows_the_way_and_the_loop);
  CPPUNIT_TEST(fits_a_mail_with_up_to_six_processes);
  CPPUNIT_TEST(colour_adds_nothing_to_the_words);
  CPPUNIT_TEST(a_title_cannot_command_the_terminal);
  CPPUNIT_TEST_SUITE_END();

 public:
  void reads_like_a_mail() {
    assert_golden("race.txt",
                  text(report::example::race(), report::example::race_result(), "R1#none", false));
  }

  void a_slice_leaves_out_what_does_not_matter() {
    assert_golden("race.slice.txt",
                  text(report::example::race(),
                       report::example::race_result(),
                       "R1#none",
                       false,
                       report::Detailed::slice));
  }

  void a_deadlock_says_who_waits_for_whom() {
    assert_golden(
        "cycle.txt",
        text(report::example::cycle(), report::example::cycle_result(), "R1#lock", false));
  }

  void a_livelock_shows_the_way_and_the_loop() {
    assert_golden("retries.txt",
                  text(report::example::retries(), report::example::retries_result(), "L0", false));
  }

  void fits_a_mail_with_up_to_six_processes() {
    for (int processes = 1; processes <= 6; ++processes) {
      const auto crowd = text(
          report::example::crowd(processes), report::example::crowd_result(processes), "W", false);
      CPPUNIT_ASSERT_MESSAGE(std::to_string(processes) + " processes:\n" + crowd,
                             widest(crowd) <= 100);
    }
  }

  void colour_adds_nothing_to_the_words() {
    const auto model = report::example::race();
    const auto result = report::example::race_result();
    const auto plain = text(model, result, "R1#none", false);
    auto coloured = text(model, result, "R1#none", true);
    CPPUNIT_ASSERT(coloured.find("\033[1;31m") != std::string::npos);
    for (const auto* code : {"\033[1;31m", "\033[0m", "\033[1m", "\033[2m"})
      coloured = replaced(std::move(coloured), code, "");
    CPPUNIT_ASSERT_EQUAL(plain, coloured);
  }

  void a_title_cannot_command_the_terminal() {
    const auto evil =
        text(report::example::race(), report::example::race_result(), "\033]0;x\007", false);
    CPPUNIT_ASSERT(evil.find('\033') == std::string::npos);
    CPPUNIT_ASSERT(evil.find('\007') == std::string::npos);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TraceTextTest);
