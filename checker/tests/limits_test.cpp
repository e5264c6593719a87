#include "checker/search/free_memory.hpp"
#include "checker/search/limits.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class LimitsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LimitsTest);
  CPPUNIT_TEST(nothing_stops_a_search_without_limits);
  CPPUNIT_TEST(an_interrupt_counts_from_the_moment_it_is_set);
  CPPUNIT_TEST(the_set_itself_has_a_limit);
  CPPUNIT_TEST(the_system_says_what_memory_it_has);
  CPPUNIT_TEST_SUITE_END();

 public:
  void nothing_stops_a_search_without_limits() {
    const Limits limits;
    CPPUNIT_ASSERT(!Watch(limits).reason_to_stop());
  }

  void an_interrupt_counts_from_the_moment_it_is_set() {
    std::atomic<bool> interrupted = false;
    Limits limits;
    limits.interrupted = &interrupted;
    const Watch watch(limits);
    CPPUNIT_ASSERT(!watch.reason_to_stop());
    interrupted = true;
    CPPUNIT_ASSERT_EQUAL(std::string("interrupted"), watch.reason_to_stop().value());
  }

  void the_set_itself_has_a_limit() {
    CPPUNIT_ASSERT_EQUAL(std::string("more than 4294967294 states"),
                         reason_of(StateSet::Full::states, Limits()));
  }

  void the_system_says_what_memory_it_has() {
    const auto bytes = memory_available();
    CPPUNIT_ASSERT(!bytes || *bytes > 1'000'000);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LimitsTest);
