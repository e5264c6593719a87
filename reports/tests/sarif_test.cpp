#include "reports/sarif.hpp"

#include "reports/tests/check_rows.hpp"
#include "reports/tests/golden.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <nlohmann/json.hpp>

#include <ostream>
#include <string>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::CheckRow;

namespace {

std::string sarif(const std::vector<CheckRow>& rows) {
  return written([&](std::ostream& out) { report::write_sarif(rows, "1.2.3", out); });
}

} // namespace

class SarifTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SarifTest);
  CPPUNIT_TEST(a_counterexample_is_a_code_flow);
  CPPUNIT_TEST(only_a_whole_run_is_a_success);
  CPPUNIT_TEST(paths_become_references);
  CPPUNIT_TEST_SUITE_END();

 public:
  // The golden file fits the schema of OASIS, sarif-schema-2.1.0.json.
  void a_counterexample_is_a_code_flow() {
    assert_golden("check.sarif", sarif(every_kind_of_row()));
  }

  void only_a_whole_run_is_a_success() {
    const auto is_successful = [](const std::vector<CheckRow>& rows) {
      const auto run = nlohmann::json::parse(sarif(rows))["runs"][0];
      return run["invocations"][0]["executionSuccessful"].get<bool>();
    };
    const auto rows = every_kind_of_row();
    CPPUNIT_ASSERT(is_successful({rows[0], rows[1], rows[2]}));
    for (const std::size_t partial : {3, 5, 6, 7})
      CPPUNIT_ASSERT(!is_successful({rows[0], rows[partial]}));
  }

  void paths_become_references() {
    const auto result = nlohmann::json::parse(sarif({hostile_row()}))["runs"][0]["results"][0];
    CPPUNIT_ASSERT_EQUAL(
        std::string("a,b%3Ac%20%25%0A.json"),
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].get<std::string>());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SarifTest);
