#include "checker/store/crew.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <new>

using namespace stalemate;

class CrewTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(CrewTest);
  CPPUNIT_TEST(everyone_is_called_by_his_number);
  CPPUNIT_TEST(what_one_throws_ends_the_round);
  CPPUNIT_TEST_SUITE_END();

 public:
  void everyone_is_called_by_his_number() {
    Crew crew(3);
    for (int round = 0; round < 100; ++round) {
      std::atomic<int> called = 0;
      crew.run([&](int thread) { called += 1 << (8 * thread); });
      CPPUNIT_ASSERT_EQUAL(0x010101, called.load());
    }
  }

  /// Memory may be short in any thread; the others come to their end, and all can go on.
  void what_one_throws_ends_the_round() {
    Crew crew(3);
    for (int who = 0; who < 3; ++who) {
      std::atomic<int> done = 0;
      const auto work = [&](int thread) {
        if (thread == who) throw std::bad_alloc();
        ++done;
      };
      CPPUNIT_ASSERT_THROW(crew.run(work), std::bad_alloc);
      CPPUNIT_ASSERT_EQUAL(2, done.load());
      crew.run([&](int) { ++done; });
      CPPUNIT_ASSERT_EQUAL(5, done.load());
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CrewTest);
