#include "checker/store/claim.hpp"

#include "checker/tests/claim_suites.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class ClaimTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ClaimTest);
  CPPUNIT_TEST(every_state_has_one_slot_with_the_lowest_number);
  CPPUNIT_TEST(a_claim_without_order_is_caught);
  CPPUNIT_TEST(a_claim_that_looks_and_then_writes_is_caught);
  CPPUNIT_TEST(a_claim_that_lets_the_first_win_is_caught);
  CPPUNIT_TEST_SUITE_END();

 public:
  void every_state_has_one_slot_with_the_lowest_number() {
    CPPUNIT_ASSERT_EQUAL(std::string(), tests::simulate_claims(tests::Mutant::none));
  }
  void a_claim_without_order_is_caught() {
    CPPUNIT_ASSERT(!tests::simulate_claims(tests::Mutant::relaxed).empty());
  }
  void a_claim_that_looks_and_then_writes_is_caught() {
    CPPUNIT_ASSERT(!tests::simulate_claims(tests::Mutant::not_atomic).empty());
  }
  void a_claim_that_lets_the_first_win_is_caught() {
    CPPUNIT_ASSERT(!tests::simulate_claims(tests::Mutant::first_wins).empty());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClaimTest);
