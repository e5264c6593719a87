#include "reports/verdict_text.hpp"

#include "reports/tests/example.hpp"
#include "reports/tests/golden.hpp"
#include "reports/words.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::verdict_line;

class VerdictTextTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(VerdictTextTest);
  CPPUNIT_TEST(holding_says_over_how_much);
  CPPUNIT_TEST(holding_probably_says_how_probably);
  CPPUNIT_TEST(a_bound_is_rounded_up);
  CPPUNIT_TEST(holding_lists_what_was_never_taken);
  CPPUNIT_TEST(what_was_never_taken_is_one_line);
  CPPUNIT_TEST(a_warning_is_harmless_only_where_harm_was_looked_for);
  CPPUNIT_TEST(every_verdict_has_its_line);
  CPPUNIT_TEST_SUITE_END();

  const ir::Model race_ = report::example::race();
  Result result_ = report::example::race_result();

  void take_everything(std::uint64_t times = 1) {
    for (auto& process : result_.coverage.fired)
      for (auto& step : process)
        for (auto& alternative : step)
          alternative = times;
  }

 public:
  void holding_says_over_how_much() {
    result_.verdict = Verdict::holds;
    CPPUNIT_ASSERT_EQUAL(std::string("R1#valid: holds: 1 234 states, 3 456 transitions, depth 31"),
                         verdict_line("R1#valid", race_, result_));
  }

  void holding_probably_says_how_probably() {
    result_.verdict = Verdict::holds;
    result_.omission = 2e-33;
    CPPUNIT_ASSERT_EQUAL(std::string("R1#valid: holds (probabilistic): 1 234 states, 3 456 "
                                     "transitions, depth 31, omission probability at most 2.0e-33"),
                         verdict_line("R1#valid", race_, result_));
    result_.verdict = Verdict::latent;
    CPPUNIT_ASSERT(
        verdict_line("R1#valid", race_, result_).starts_with("R1#valid: latent (probabilistic): "));
  }

  void a_bound_is_rounded_up() {
    using report::probability_text;
    CPPUNIT_ASSERT_EQUAL(std::string("1.3e-25"), probability_text(1.21e-25));
    CPPUNIT_ASSERT_EQUAL(std::string("1.3e-25"), probability_text(1.28e-25));
    CPPUNIT_ASSERT_EQUAL(std::string("1.0e-24"), probability_text(9.91e-25));
    CPPUNIT_ASSERT_EQUAL(std::string("1.0e-24"), probability_text(9.99e-25));
    CPPUNIT_ASSERT_EQUAL(std::string("5.0e-01"), probability_text(0.5));
    CPPUNIT_ASSERT_EQUAL(std::string("1.0e+00"), probability_text(1));
  }

  void holding_lists_what_was_never_taken() {
    take_everything();
    result_.coverage.fired[0][3][2] = 0;
    result_.coverage.fired[3][1][1] = 0;
    const auto ways = [&] { return report::ways_never_taken(race_, result_); };
    CPPUNIT_ASSERT(ways().empty()); // What breaks was not searched to its end.
    result_.verdict = Verdict::holds;
    CPPUNIT_ASSERT(
        (ways() == std::vector<std::string>{
                       "iomap_write_begin: fill the part that the caller will not overwrite / "
                       "read it",
                       "shrink_folio_list: is the folio clean? / keep it"}));
    CPPUNIT_ASSERT_EQUAL(
        std::string("[\n  \"a: b / \\\"c\\\"\"\n]\n"),
        written([&](std::ostream& out) { report::write_never_taken({"a: b / \"c\""}, out); }));
  }

  void what_was_never_taken_is_one_line() {
    CPPUNIT_ASSERT_EQUAL(std::string(), report::never_taken_text(0));
    CPPUNIT_ASSERT_EQUAL(std::string("1 way through a step never ran"),
                         report::never_taken_text(1));
    CPPUNIT_ASSERT_EQUAL(std::string("1 234 ways through steps never ran"),
                         report::never_taken_text(1234));
  }

  void a_warning_is_harmless_only_where_harm_was_looked_for() {
    result_.verdict = Verdict::latent;
    ir::Model model = race_;
    const auto outcome = [&] { return report::outcome_text(model, result_); };
    const std::string start =
        "latent: no_lost_write, which only warns, breaks after 14 steps (a shortest trace)";
    model.properties.resize(1);
    model.properties[0].is_warning = true;
    CPPUNIT_ASSERT_EQUAL(start + "; no other claim was checked", outcome());
    model.properties.push_back({"no_deadlock", "", ir::PropertyKind::no_deadlock, {}});
    CPPUNIT_ASSERT_EQUAL(start + "; of the other claims only no_deadlock was checked, and holds",
                         outcome());
    model.properties.push_back({"no_harm", "", ir::PropertyKind::invariant, {}});
    CPPUNIT_ASSERT_EQUAL(start + ", and no harm comes of it here", outcome());
  }

  void every_verdict_has_its_line() {
    const std::string rest = ": 1 234 states, 3 456 transitions, depth 31 so far";
    const std::string shortest = " (a shortest trace)";
    CPPUNIT_ASSERT_EQUAL("R1: no_lost_write is violated after 14 steps" + shortest + rest,
                         verdict_line("R1", race_, result_));
    result_.verdict = Verdict::deadlock;
    CPPUNIT_ASSERT_EQUAL("R1: deadlock after 14 steps" + shortest + rest,
                         verdict_line("R1", race_, result_));
    result_.reason = "10 states are the limit";
    result_.verdict = Verdict::incomplete;
    CPPUNIT_ASSERT_EQUAL("R1: incomplete (10 states are the limit)" + rest,
                         verdict_line("R1", race_, result_));
    result_.verdict = Verdict::model_error;
    result_.is_shortest = false;
    CPPUNIT_ASSERT_EQUAL("R1: model error after 14 steps (10 states are the limit)" + rest,
                         verdict_line("R1", race_, result_));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(VerdictTextTest);
