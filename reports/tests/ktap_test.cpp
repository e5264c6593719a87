#include "reports/ktap.hpp"

#include "reports/tests/check_rows.hpp"
#include "reports/tests/golden.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <ostream>
#include <regex>
#include <sstream>
#include <string>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::CheckRow;

namespace {

std::string ktap(const std::vector<CheckRow>& rows) {
  return written([&](std::ostream& out) { report::write_ktap(rows, out); });
}

} // namespace

class KtapTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(KtapTest);
  CPPUNIT_TEST(nests_variants_in_their_scenarios);
  CPPUNIT_TEST(every_line_is_of_the_format);
  CPPUNIT_TEST_SUITE_END();

 public:
  void nests_variants_in_their_scenarios() {
    assert_golden("check.ktap", ktap(every_kind_of_row()));
  }

  void every_line_is_of_the_format() {
    static const std::regex known(
        R"((  )?(KTAP version 1|1\.\.\d+|# .*|(not )?ok \d+ [^#]+( # (SKIP|ERROR).*)?))");
    std::istringstream lines(ktap({hostile_row()}));
    for (std::string line; std::getline(lines, line);)
      CPPUNIT_ASSERT_MESSAGE(line, std::regex_match(line, known));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KtapTest);
