#include "reproduce/conform/mutate.hpp"

#include <cppunit/TestFixture.h>
#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <string>

namespace stalemate::reproduce {
namespace {

Log two_calls() {
  return read_log("a.log",
                  "stalemate-log 1\nscenario s\nversion v1\n"
                  "0 0 a c enter outer\n"
                  "1 0 a c enter inner\n"
                  "2 0 b c enter other\n"
                  "3 0 a c exit inner -> 1\n"
                  "4 0 b c exit other -> 0\n"
                  "5 0 a c exit outer -> 0\n"
                  "content cache 7 8 41 6f\nend\n");
}

const Changeable all{{0, 1, 2, 3, 4, 5}, {{"inner", {0, 1}}}};

/// Every call still begins before it ends, and nothing else was made up.
bool is_well_formed(const Log& log) {
  int depth = 0;
  for (const char* role : {"a", "b"})
    for (const Arrival& arrival : log.arrivals) {
      if (arrival.role != role) continue;
      depth += arrival.is_exit ? -1 : 1;
      if (depth < 0) return false;
    }
  return depth == 0;
}

class MutateTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(MutateTest);
  CPPUNIT_TEST(the_same_seed_changes_the_same);
  CPPUNIT_TEST(a_call_moves_with_what_is_in_it);
  CPPUNIT_TEST(a_call_is_dropped_without_what_is_in_it);
  CPPUNIT_TEST(two_calls_change_places);
  CPPUNIT_TEST(a_value_and_the_file_change);
  CPPUNIT_TEST(an_empty_log_cannot_be_changed);
  CPPUNIT_TEST_SUITE_END();

  static void every(Change change, const std::function<void(const Mutant&)>& check) {
    int made = 0;
    for (std::uint32_t seed = 0; seed < 50; ++seed)
      if (const auto mutant = mutant_of(two_calls(), all, change, seed)) {
        check(*mutant);
        ++made;
      }
    CPPUNIT_ASSERT(made > 10);
  }

 public:
  void the_same_seed_changes_the_same() {
    for (const Change change : all_changes)
      for (std::uint32_t seed = 0; seed < 10; ++seed) {
        const auto one = mutant_of(two_calls(), all, change, seed);
        const auto other = mutant_of(two_calls(), all, change, seed);
        CPPUNIT_ASSERT_EQUAL(one.has_value(), other.has_value());
        if (one) CPPUNIT_ASSERT_EQUAL(text_of(one->log), text_of(other->log));
      }
  }

  void a_call_moves_with_what_is_in_it() {
    every(Change::moved, [](const Mutant& mutant) {
      CPPUNIT_ASSERT_EQUAL(std::size_t{6}, mutant.log.arrivals.size());
      CPPUNIT_ASSERT_MESSAGE(text_of(mutant.log), is_well_formed(mutant.log));
      CPPUNIT_ASSERT(text_of(mutant.log) != text_of(two_calls()));
    });
  }

  void a_call_is_dropped_without_what_is_in_it() {
    every(Change::dropped, [](const Mutant& mutant) {
      CPPUNIT_ASSERT_EQUAL(std::size_t{4}, mutant.log.arrivals.size());
      CPPUNIT_ASSERT(is_well_formed(mutant.log));
      for (const Arrival& arrival : mutant.log.arrivals)
        CPPUNIT_ASSERT(arrival.function != mutant.function);
    });
  }

  void two_calls_change_places() {
    every(Change::swapped, [](const Mutant& mutant) {
      CPPUNIT_ASSERT_EQUAL(std::size_t{6}, mutant.log.arrivals.size());
      CPPUNIT_ASSERT(text_of(mutant.log) != text_of(two_calls()));
    });
  }

  void a_value_and_the_file_change() {
    every(Change::value, [](const Mutant& mutant) {
      CPPUNIT_ASSERT_EQUAL(std::string("3 0 a c exit inner -> 0"), mutant.log.arrivals[3].written);
      CPPUNIT_ASSERT_EQUAL(0LL, mutant.log.arrivals[3].value);
    });
    every(Change::content, [](const Mutant& mutant) {
      CPPUNIT_ASSERT(mutant.log.contents[0].bytes != two_calls().contents[0].bytes);
    });
  }

  void an_empty_log_cannot_be_changed() {
    const Log empty = read_log("a.log", "stalemate-log 1\nscenario s\nversion v1\nend\n");
    for (const Change change : all_changes)
      CPPUNIT_ASSERT(!mutant_of(empty, {}, change, 1));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MutateTest);

} // namespace
} // namespace stalemate::reproduce
