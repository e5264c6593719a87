#include "checker/store/rendezvous.hpp"

#include "checker/tests/rendezvous_suites.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class RendezvousTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RendezvousTest);
  CPPUNIT_TEST(everybody_sees_what_was_written_before);
  CPPUNIT_TEST(a_counter_that_does_not_publish_is_caught);
  CPPUNIT_TEST(a_counter_that_does_not_see_is_caught);
  CPPUNIT_TEST(a_counter_that_is_read_and_then_written_is_caught);
  CPPUNIT_TEST_SUITE_END();

 public:
  void everybody_sees_what_was_written_before() {
    CPPUNIT_ASSERT_EQUAL(std::string(), tests::simulate_rendezvous(tests::Mutant::none));
  }
  void a_counter_that_does_not_publish_is_caught() {
    CPPUNIT_ASSERT(!tests::simulate_rendezvous(tests::Mutant::unpublished).empty());
  }
  void a_counter_that_does_not_see_is_caught() {
    CPPUNIT_ASSERT(!tests::simulate_rendezvous(tests::Mutant::unseen).empty());
  }
  void a_counter_that_is_read_and_then_written_is_caught() {
    CPPUNIT_ASSERT(!tests::simulate_rendezvous(tests::Mutant::not_atomic).empty());
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RendezvousTest);
