#include "checker/ir/step_id.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

namespace stalemate {
namespace {

class StepIdTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(StepIdTest);
  CPPUNIT_TEST(numbers_are_taken_out);
  CPPUNIT_TEST(names_with_numbers_stay);
  CPPUNIT_TEST_SUITE_END();

 public:
  void numbers_are_taken_out() {
    CPPUNIT_ASSERT_EQUAL(std::string("f: lock folio # if it is dirty"),
                         ir::step_id("f", "lock folio 0 if it is dirty"));
    CPPUNIT_ASSERT_EQUAL(std::string("to go from # to #, then 12b"),
                         ir::without_numbers("to go from 2 to 10, then 12b"));
    CPPUNIT_ASSERT_EQUAL(std::string("#"), ir::without_numbers("7"));
    CPPUNIT_ASSERT_EQUAL(std::string(), ir::without_numbers(""));
  }

  void names_with_numbers_stay() {
    CPPUNIT_ASSERT_EQUAL(std::string("invalidate_inode_pages2_range: look at i_size"),
                         ir::step_id("invalidate_inode_pages2_range", "look at i_size"));
    CPPUNIT_ASSERT_EQUAL(std::string("to folio_2, s2, 2s"),
                         ir::without_numbers("to folio_2, s2, 2s"));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StepIdTest);

} // namespace
} // namespace stalemate
