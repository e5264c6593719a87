#include "reports/wrap.hpp"

#include <cppunit/extensions/HelperMacros.h>

using stalemate::report::columns_of;
using stalemate::report::wrapped;

class WrapTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(WrapTest);
  CPPUNIT_TEST(leaves_alone_what_fits);
  CPPUNIT_TEST(breaks_at_spaces);
  CPPUNIT_TEST(indents_what_continues);
  CPPUNIT_TEST(breaks_a_long_word_behind_its_joints);
  CPPUNIT_TEST(breaks_a_word_without_joints_where_it_must);
  CPPUNIT_TEST(keeps_a_number_together);
  CPPUNIT_TEST(every_text_is_as_wide_as_one_says);
  CPPUNIT_TEST(never_cuts_a_character_in_two);
  CPPUNIT_TEST(loses_nothing_in_any_width);
  CPPUNIT_TEST_SUITE_END();

  using Lines = std::vector<std::string>;

 public:
  void leaves_alone_what_fits() {
    CPPUNIT_ASSERT(wrapped("take the lock", 13) == Lines{"take the lock"});
    CPPUNIT_ASSERT(wrapped("", 13) == Lines{""});
  }

  void breaks_at_spaces() {
    CPPUNIT_ASSERT((wrapped("take the lock", 12) == Lines{"take the", "lock"}));
  }

  void indents_what_continues() {
    CPPUNIT_ASSERT((wrapped("take the lock", 8, 2) == Lines{"take the", "  lock"}));
  }

  void keeps_a_number_together() {
    CPPUNIT_ASSERT((wrapped("2 383 states", 8) == Lines{"2 383", "states"}));
    CPPUNIT_ASSERT(
        (wrapped("after 12 345 678 states", 12) == Lines{"after", "12 345 678", "states"}));
    CPPUNIT_ASSERT((wrapped("step 3 4567", 8) == Lines{"step 3", "4567"}));
  }

  void every_text_is_as_wide_as_one_says() {
    CPPUNIT_ASSERT_EQUAL(100, report::line_columns());
    report::set_line_columns(72);
    CPPUNIT_ASSERT_EQUAL(72, report::line_columns());
    report::set_line_columns(1);
    CPPUNIT_ASSERT_EQUAL(report::line_columns_min, report::line_columns());
    report::set_line_columns(100);
  }

  void breaks_a_long_word_behind_its_joints() {
    CPPUNIT_ASSERT((wrapped("iomap_write_begin", 14) == Lines{"iomap_write_", "begin"}));
    CPPUNIT_ASSERT((wrapped("folio[0].dirty", 10) == Lines{"folio[0].", "dirty"}));
  }

  void breaks_a_word_without_joints_where_it_must() {
    CPPUNIT_ASSERT((wrapped("abcdefgh", 3) == Lines{"abc", "def", "gh"}));
    CPPUNIT_ASSERT((wrapped("abc", 0) == Lines{"a", "b", "c"}));
  }

  void never_cuts_a_character_in_two() {
    CPPUNIT_ASSERT_EQUAL(3.0, columns_of("\u2192\u2192\u2192"));
    CPPUNIT_ASSERT((wrapped("\u2192\u2192\u2192", 2) == Lines{"\u2192\u2192", "\u2192"}));
  }

  void loses_nothing_in_any_width() {
    const std::string text = "saw folio[0].dirty yes, iomap_write_begin_and_more_of_it";
    const auto letters = [](const std::string& line) {
      std::string result;
      for (const char c : line)
        if (c != ' ') result += c;
      return result;
    };
    for (int width = 1; width < 60; ++width) {
      std::string all;
      for (const auto& line : wrapped(text, width, width > 4 ? 2 : 0)) {
        CPPUNIT_ASSERT(columns_of(line) <= width);
        all += letters(line);
      }
      CPPUNIT_ASSERT_EQUAL(letters(text), all);
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(WrapTest);
