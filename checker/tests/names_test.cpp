#include "checker/export/names.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace stalemate;

class NamesTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(NamesTest);
  CPPUNIT_TEST(keeps_what_can_be_kept);
  CPPUNIT_TEST(gives_no_name_twice);
  CPPUNIT_TEST(avoids_the_words_of_the_language);
  CPPUNIT_TEST(takes_the_teeth_out_of_text);
  CPPUNIT_TEST_SUITE_END();

 public:
  void keeps_what_can_be_kept() {
    CPPUNIT_ASSERT_EQUAL(std::string("folio_dirty"), identifier("folio.dirty"));
    CPPUNIT_ASSERT_EQUAL(std::string("is_it_valid"), identifier("is it, valid?"));
    CPPUNIT_ASSERT_EQUAL(std::string("n2_locks"), identifier("2 locks"));
    CPPUNIT_ASSERT_EQUAL(std::string("n"), identifier("?!"));
    CPPUNIT_ASSERT_EQUAL(std::size_t{60}, identifier(std::string(1000, 'x')).size());
  }

  void gives_no_name_twice() {
    Names names({});
    CPPUNIT_ASSERT_EQUAL(std::string("a_b"), names.make("a.b"));
    CPPUNIT_ASSERT_EQUAL(std::string("a_b_2"), names.make("a b"));
    CPPUNIT_ASSERT_EQUAL(std::string("A_B_3"), names.make("A_B")); // Murphi sees no case
    CPPUNIT_ASSERT(names.is_taken("A_b"));
  }

  void avoids_the_words_of_the_language() {
    Names names({"end"});
    CPPUNIT_ASSERT_EQUAL(std::string("End_2"), names.make("End"));
  }

  void takes_the_teeth_out_of_text() {
    CPPUNIT_ASSERT_EQUAL(std::string("a 'b'  /"), harmless("a \"b\"\n*/"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(NamesTest);
