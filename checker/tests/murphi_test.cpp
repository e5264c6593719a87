#include "checker/export/murphi.hpp"

#include "checker/tests/export_models.hpp"
#include "checker/tests/golden.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

using namespace stalemate;

class MurphiTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MurphiTest);
  CPPUNIT_TEST(one_of_everything_reads_well);
  CPPUNIT_TEST(is_the_same_every_time);
  CPPUNIT_TEST_SUITE_END();

 public:
  void one_of_everything_reads_well() {
    tests::assert_golden("one_of_everything.m", murphi(tests::one_of_everything()));
  }

  void is_the_same_every_time() {
    for (std::uint64_t seed = 1; seed <= 50; ++seed)
      CPPUNIT_ASSERT_EQUAL(murphi(tests::random_model(seed)), murphi(tests::random_model(seed)));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MurphiTest);
