#include "reports/check_github.hpp"

#include "reports/tests/check_rows.hpp"
#include "reports/tests/golden.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <ostream>
#include <string>

using namespace stalemate;
using namespace stalemate::report::tests;
using report::CheckRow;

namespace {

std::string github(const std::vector<CheckRow>& rows) {
  return written([&](std::ostream& out) { report::write_check_github(rows, out); });
}

std::string markdown(const std::vector<CheckRow>& rows) {
  return written([&](std::ostream& out) { report::write_check_markdown(rows, out); });
}

} // namespace

class CheckGithubTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CheckGithubTest);
  CPPUNIT_TEST(annotates_what_is_not_ok);
  CPPUNIT_TEST(sums_up_in_markdown);
  CPPUNIT_TEST(nothing_wrong_is_said_in_a_line);
  CPPUNIT_TEST(words_cannot_become_commands_or_markup);
  CPPUNIT_TEST(a_summary_stays_below_its_limit);
  CPPUNIT_TEST_SUITE_END();

 public:
  void annotates_what_is_not_ok() {
    assert_golden("check.github.txt", github(every_kind_of_row()));
  }

  void sums_up_in_markdown() { assert_golden("check.md", markdown(every_kind_of_row())); }

  void nothing_wrong_is_said_in_a_line() {
    const auto good = every_kind_of_row()[0];
    CPPUNIT_ASSERT_EQUAL(std::string(), github({good}));
    CPPUNIT_ASSERT_EQUAL(
        std::string("### Stalemate: as expected\n\n1 run, 1 ok, 0 failed, 0 incomplete\n"),
        markdown({good}));
  }

  void words_cannot_become_commands_or_markup() {
    const auto commands = github({hostile_row()});
    CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1}, std::ranges::count(commands, '\n'));
    CPPUNIT_ASSERT(
        commands.starts_with("::error file=a%2Cb%3Ac %25%0A.json,line=20,title=<&\"'>? "));
    const auto text = markdown({hostile_row()});
    CPPUNIT_ASSERT(text.find("\n````text\n") != std::string::npos);
    CPPUNIT_ASSERT(text.find("<summary>\\<\\&\"'\\>? ::error::x\\|y\\#\\# SKIP") !=
                   std::string::npos);
    CPPUNIT_ASSERT(text.find('\033') == std::string::npos);
  }

  void a_summary_stays_below_its_limit() {
    const std::vector<CheckRow> many(2000, every_kind_of_row()[1]);
    CPPUNIT_ASSERT(markdown(many).size() < 1U << 20U);
    CPPUNIT_ASSERT(markdown(many).ends_with("\nand 1950 more\n"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CheckGithubTest);
