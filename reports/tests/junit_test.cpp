#include "reports/junit.hpp"

#include "reports/tests/check_rows.hpp"
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
  CPPUNIT_TEST(what_was_not_run_is_never_clean);
  CPPUNIT_TEST(is_well_formed_whatever_the_names);
  CPPUNIT_TEST_SUITE_END();

  static std::string xml(const std::vector<CheckRow>& rows) {
    return written([&](std::ostream& out) { report::write_junit(rows, out); });
  }

 public:
  void tells_failures_from_runs_that_found_nothing_out() {
    assert_golden("check.xml", xml(every_kind_of_row()));
  }

  void what_was_not_run_is_never_clean() {
    const auto rows = every_kind_of_row();
    CPPUNIT_ASSERT(xml({rows[0]}).find("tests=\"1\" failures=\"0\" errors=\"0\"") !=
                   std::string::npos);
    CPPUNIT_ASSERT(xml({rows[6]}).find("tests=\"1\" failures=\"0\" errors=\"1\"") !=
                   std::string::npos);
    CPPUNIT_ASSERT(xml({rows[7]}).find("tests=\"1\" failures=\"0\" errors=\"1\"") !=
                   std::string::npos);
  }

  void is_well_formed_whatever_the_names() {
    CPPUNIT_ASSERT_EQUAL(std::string(), xml_mistake(xml({hostile_row()})));
    CPPUNIT_ASSERT_EQUAL(std::string(), xml_mistake(xml({})));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JunitTest);
