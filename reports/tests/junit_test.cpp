#include "reports/junit.hpp"

#include "reports/tests/golden.hpp"
#include "reports/tests/markup.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::CheckRow;

class JunitTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(JunitTest);
  CPPUNIT_TEST(tells_failures_from_runs_that_found_nothing_out);
  CPPUNIT_TEST(is_well_formed_whatever_the_names);
  CPPUNIT_TEST_SUITE_END();

  static std::string xml(const std::vector<CheckRow>& rows) {
    return written([&](std::ostream& out) { report::write_junit(rows, out); });
  }

  static CheckRow row(const std::string& variant, Verdict found, bool ok) {
    CheckRow r;
    r.scenario = "R1";
    r.variant = variant;
    r.found.verdict = found;
    r.ok = ok;
    if (!ok) r.reasons = {"expected violated no_lost_write"};
    r.counts = {1234, 3456, 31};
    return r;
  }

 public:
  void tells_failures_from_runs_that_found_nothing_out() {
    auto timed = row("valid", Verdict::holds, true);
    timed.time_ms = 61005;
    assert_golden(
        "check.xml",
        xml({timed, row("none", Verdict::holds, false), row("huge", Verdict::incomplete, false)}));
  }

  void is_well_formed_whatever_the_names() {
    auto odd = row("<&\"'>\001", Verdict::holds, false);
    odd.reasons = {"]]> <!-- & \n\t"};
    CPPUNIT_ASSERT_EQUAL(std::string(), xml_mistake(xml({odd})));
    CPPUNIT_ASSERT_EQUAL(std::string(), xml_mistake(xml({})));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JunitTest);
