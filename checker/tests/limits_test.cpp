#include "checker/search/limits.hpp"

#include "checker/search/explore.hpp"
#include "checker/search/free_memory.hpp"
#include "checker/tests/neutral_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <fmt/format.h>

#include <string>
#include <thread>

using namespace stalemate;

class LimitsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LimitsTest);
  CPPUNIT_TEST(nothing_stops_a_search_without_limits);
  CPPUNIT_TEST(an_interrupt_counts_from_the_moment_it_is_set);
  CPPUNIT_TEST(time_is_up_when_it_has_passed);
  CPPUNIT_TEST(the_set_itself_has_a_limit);
  CPPUNIT_TEST(without_numbers_for_all_states_there_is_no_verdict);
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

  void time_is_up_when_it_has_passed() {
    Limits limits;
    limits.time_max = std::chrono::milliseconds(10);
    const Watch watch(limits);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CPPUNIT_ASSERT_EQUAL(std::string("the time limit of 10 ms is reached"),
                         watch.reason_to_stop().value_or("none"));
    limits.time_max = std::chrono::hours(1);
    CPPUNIT_ASSERT(!watch.reason_to_stop());
  }

  void the_set_itself_has_a_limit() {
    CPPUNIT_ASSERT_EQUAL(std::string("more than 4294967294 states"),
                         reason_of(StateSet::Full::states, Limits()));
  }

  /// There are 2186 states. Numbers of 32 bits take too long to use up, so there are fewer here.
  void without_numbers_for_all_states_there_is_no_verdict() {
    const Program program = compile(tests::philosophers(7, tests::Manners::last_is_odd));
    Observer nobody;
    for (const Storage storage : {Storage::exact, Storage::tree, Storage::compact})
      for (const int threads : {1, 2}) {
        if (threads > 1 && storage != Storage::exact) continue;
        Limits limits;
        limits.storage = storage;
        limits.threads = threads;
        limits.parallel_min = 8;
        limits.is_crew_kept = true;
        limits.numbers_max = 2186;
        CPPUNIT_ASSERT(explore(program, limits, nobody).verdict == Verdict::holds);
        for (const std::uint64_t most : {1, 700, 2185}) {
          limits.numbers_max = most;
          const Result result = explore(program, limits, nobody);
          CPPUNIT_ASSERT(result.verdict == Verdict::incomplete);
          CPPUNIT_ASSERT_EQUAL(fmt::format("more than {} states", most), result.reason);
          CPPUNIT_ASSERT_EQUAL(most, result.counts.states);
        }
        // Who sets a limit is told of that one.
        limits.states_max = 600;
        limits.numbers_max = 700;
        CPPUNIT_ASSERT_EQUAL(std::string("the limit of 600 states is reached"),
                             explore(program, limits, nobody).reason);
      }
  }

  void the_system_says_what_memory_it_has() {
    const auto bytes = memory_available();
    CPPUNIT_ASSERT(!bytes || *bytes > 1'000'000);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LimitsTest);
