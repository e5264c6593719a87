#include "model/scenario/excerpt.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace stalemate::kernel {
namespace {

class ExcerptTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ExcerptTest);
  CPPUNIT_TEST(plain_text_stays);
  CPPUNIT_TEST(control_characters_are_escaped);
  CPPUNIT_TEST(invisible_characters_are_escaped);
  CPPUNIT_TEST(bytes_that_are_not_utf8_are_escaped);
  CPPUNIT_TEST(long_text_is_cut_between_characters);
  CPPUNIT_TEST(an_excerpt_is_quoted);
  CPPUNIT_TEST(distance_counts_changes);
  CPPUNIT_TEST(distance_of_huge_words_is_bounded);
  CPPUNIT_TEST(the_nearest_word_comes_first);
  CPPUNIT_TEST(equally_near_words_keep_their_order);
  CPPUNIT_TEST(long_lists_are_cut);
  CPPUNIT_TEST_SUITE_END();

 public:
  void plain_text_stays() {
    CPPUNIT_ASSERT_EQUAL(std::string("folio[0]; Grünbacher, 漢, 🐧"),
                         printable("folio[0]; Grünbacher, 漢, 🐧"));
    CPPUNIT_ASSERT_EQUAL(std::string(), printable(""));
  }

  void control_characters_are_escaped() {
    CPPUNIT_ASSERT_EQUAL(std::string("a\\n\\t\\r\\u001B[31m\\u007F"),
                         printable("a\n\t\r\x1b[31m\x7f"));
    CPPUNIT_ASSERT_EQUAL(std::string("\\u0000b"), printable(std::string("\0b", 2)));
    CPPUNIT_ASSERT_EQUAL(std::string("\\u0085"), printable("\xC2\x85"));
  }

  void invisible_characters_are_escaped() {
    CPPUNIT_ASSERT_EQUAL(std::string("\\u202Eabc"), printable("\u202Eabc"));
    CPPUNIT_ASSERT_EQUAL(std::string("\\u200B\\uFEFF"), printable("\u200B\uFEFF"));
    CPPUNIT_ASSERT_EQUAL(std::string("\\U000E0001"), printable("\U000E0001"));
  }

  void bytes_that_are_not_utf8_are_escaped() {
    CPPUNIT_ASSERT_EQUAL(std::string("\\xFF\\xFE"), printable("\xFF\xFE"));
    CPPUNIT_ASSERT_EQUAL(std::string("\\xC0\\xAF"), printable("\xC0\xAF"));          // overlong
    CPPUNIT_ASSERT_EQUAL(std::string("\\xE0\\x80\\x80"), printable("\xE0\x80\x80")); // overlong
    CPPUNIT_ASSERT_EQUAL(std::string("\\xED\\xA0\\x80"), printable("\xED\xA0\x80")); // surrogate
    CPPUNIT_ASSERT_EQUAL(std::string("\\xF4\\x90\\x80\\x80"), printable("\xF4\x90\x80\x80"));
    CPPUNIT_ASSERT_EQUAL(std::string("\\xE6\\xBC"), printable("\xE6\xBC")); // cut off
    CPPUNIT_ASSERT_EQUAL(std::string("\\xC3("), printable("\xC3("));
  }

  void long_text_is_cut_between_characters() {
    CPPUNIT_ASSERT_EQUAL(std::string("abc"), printable("abc", 3));
    CPPUNIT_ASSERT_EQUAL(std::string("abc..."), printable("abcd", 3));
    CPPUNIT_ASSERT_EQUAL(std::string("äöü..."), printable("äöüß", 3));
  }

  void an_excerpt_is_quoted() { CPPUNIT_ASSERT_EQUAL(std::string("\"a\\nb\""), excerpt("a\nb")); }

  void distance_counts_changes() {
    CPPUNIT_ASSERT_EQUAL(0, edit_distance("folio", "folio"));
    CPPUNIT_ASSERT_EQUAL(1, edit_distance("folio", "foli"));
    CPPUNIT_ASSERT_EQUAL(1, edit_distance("folio", "foloi"));
    CPPUNIT_ASSERT_EQUAL(2, edit_distance("folio", "fxlix"));
    CPPUNIT_ASSERT_EQUAL(5, edit_distance("", "folio"));
    CPPUNIT_ASSERT_EQUAL(5, edit_distance("folio", ""));
    CPPUNIT_ASSERT_EQUAL(3, edit_distance("kitten", "sitting"));
  }

  void distance_of_huge_words_is_bounded() {
    const std::string huge(1'000'000, 'x');
    CPPUNIT_ASSERT_EQUAL(64, edit_distance(huge, "folio"));
    CPPUNIT_ASSERT_EQUAL(0, edit_distance(huge, huge));
  }

  void the_nearest_word_comes_first() {
    CPPUNIT_ASSERT_EQUAL(
        std::string(
            "unknown value \"after_lock\"; known: after_folio_lock, none, before_folio_lock"),
        unknown("value", "after_lock", {"none", "before_folio_lock", "after_folio_lock"}));
  }

  void equally_near_words_keep_their_order() {
    CPPUNIT_ASSERT_EQUAL(std::string("b, a, c"), nearest_first("x", {"b", "a", "c"}));
  }

  void long_lists_are_cut() {
    CPPUNIT_ASSERT_EQUAL(std::string("a, b"), nearest_first("x", {"a", "b"}, 2));
    CPPUNIT_ASSERT_EQUAL(std::string("a, b and 1 more"), nearest_first("x", {"a", "b", "c"}, 2));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExcerptTest);

} // namespace
} // namespace stalemate::kernel
