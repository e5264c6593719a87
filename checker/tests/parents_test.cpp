#include "checker/store/parents.hpp"

#include "checker/program/ensure.hpp"
#include "checker/tests/random_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;

class ParentsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ParentsTest);
  CPPUNIT_TEST(finds_the_parent_of_every_state);
  CPPUNIT_TEST(children_may_come_all_at_once);
  CPPUNIT_TEST(skips_long_runs_of_childless_states);
  CPPUNIT_TEST(takes_about_two_bits_per_state);
  CPPUNIT_TEST(a_state_that_was_not_reached_has_no_parent);
  CPPUNIT_TEST_SUITE_END();

 public:
  void finds_the_parent_of_every_state() {
    tests::Dice dice(7);
    Parents parents;
    std::vector<StateId> expected{0};
    for (StateId parent = 0; expected.size() < 50'000; ++parent) {
      for (int i = parent == 0 ? 5 : dice.below(3); i > 0; --i) {
        parents.add_child();
        expected.push_back(parent);
      }
      parents.next_parent();
    }
    for (std::size_t id = 1; id < expected.size(); ++id)
      CPPUNIT_ASSERT_EQUAL(expected[id], parents.parent(static_cast<StateId>(id)));
  }

  /// As many as do not always fit a word, and at all places of it.
  void children_may_come_all_at_once() {
    for (const int most : {2, 8, 70}) {
      tests::Dice dice(static_cast<std::uint64_t>(most));
      Parents parents;
      std::vector<StateId> expected{0};
      for (StateId parent = 0; expected.size() < 50'000; ++parent) {
        const int children = parent == 0 ? 5 : dice.below(most + 1);
        parents.add_parent(static_cast<std::uint64_t>(children));
        expected.insert(expected.end(), static_cast<std::size_t>(children), parent);
      }
      for (std::size_t id = 1; id < expected.size(); ++id)
        CPPUNIT_ASSERT_EQUAL(expected[id], parents.parent(static_cast<StateId>(id)));
    }
  }

  void skips_long_runs_of_childless_states() {
    Parents parents;
    for (int i = 0; i < 10'000; ++i)
      parents.add_child();
    for (int i = 0; i < 9'999; ++i)
      parents.next_parent();
    parents.add_child();
    CPPUNIT_ASSERT_EQUAL(StateId{0}, parents.parent(10'000));
    CPPUNIT_ASSERT_EQUAL(StateId{9'999}, parents.parent(10'001));
  }

  void takes_about_two_bits_per_state() {
    Parents parents;
    constexpr std::uint64_t states = 1 << 20;
    for (std::uint64_t i = 0; i < states; ++i) {
      parents.add_child();
      parents.next_parent();
    }
    CPPUNIT_ASSERT(parents.memory() * 8 < states * 5 / 2);
  }

  void a_state_that_was_not_reached_has_no_parent() {
    Parents parents;
    parents.add_child();
    CPPUNIT_ASSERT_THROW((void)parents.parent(0), InternalError);
    CPPUNIT_ASSERT_THROW((void)parents.parent(2), InternalError);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ParentsTest);
