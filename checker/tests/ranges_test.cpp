#include "checker/program/ranges.hpp"

#include "checker/audit/sample.hpp"
#include "checker/program/definition.hpp"
#include "checker/tests/random_models.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;
using tests::one_process;
using tests::variable;

class RangesTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RangesTest);
  CPPUNIT_TEST(what_nobody_assigns_has_one_value);
  CPPUNIT_TEST(a_branch_that_is_never_taken_assigns_nothing);
  CPPUNIT_TEST(copies_carry_what_their_source_can_be);
  CPPUNIT_TEST(what_the_guard_said_is_forgotten_when_it_is_overwritten);
  CPPUNIT_TEST(an_index_is_looked_at_value_by_value);
  CPPUNIT_TEST(a_long_counter_gets_its_declared_range);
  CPPUNIT_TEST(an_error_of_the_model_adds_nothing);
  CPPUNIT_TEST(every_reachable_state_is_inside);
  CPPUNIT_TEST_SUITE_END();

 public:
  void what_nobody_assigns_has_one_value() {
    const ir::Model model = one_process([](Model& m) {
      (void)m.var("size", 0, 9, 4);
      return [](Path& p) { p.step("go", always()); };
    });
    check({4, 4}, model, "size");
  }

  void a_branch_that_is_never_taken_assigns_nothing() {
    const ir::Model model = one_process([](Model& m) {
      const Place knob = m.var("knob", 0, 2, 1);
      const Place x = m.var("x", 0, 9);
      return [=](Path& p) { p.step("go", when(knob == 2).then(x = 9), otherwise().then(x = 3)); };
    });
    check({0, 3}, model, "x");
  }

  void copies_carry_what_their_source_can_be() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 9, 1);
      const Place y = m.var("y", 0, 9, 2);
      const Place z = m.var("z", 0, 9, 2);
      return [=](Path& p) {
        p.step("go", then(z = y + 1));
        p.step("on", then(y = x, x = 4));
      };
    });
    check({1, 4}, model, "x");
    check({1, 4}, model, "y"); // The order of steps is not looked at.
    check({2, 5}, model, "z");
  }

  void what_the_guard_said_is_forgotten_when_it_is_overwritten() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 9);
      const Place y = m.var("y", 0, 9);
      const Place before = m.var("before", 0, 9);
      const Place after = m.var("after", 0, 9);
      return [=](Path& p) {
        p.step("choose", then(x = 3), then(y = 5));
        p.step("go", when(x == 3).then(before = x, x = y, after = x));
      };
    });
    check({0, 3}, model, "before");
    check({0, 5}, model, "after");
  }

  void an_index_is_looked_at_value_by_value() {
    const ir::Model model = one_process([](Model& m) {
      const Array a = m.array("a", 2, 0, 9);
      const Place i = m.var("i", 0, 1);
      return [=](Path& p) {
        p.step("move", then(i = 0), then(i = 1));
        p.step("go", then(a[i] = i + 3));
      };
    });
    check({0, 3}, model, "a", 0);
    check({0, 4}, model, "a", 1);
  }

  void a_long_counter_gets_its_declared_range() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 1'000'000);
      return [=](Path& p) { p.step("go", when(x < 500'000).then(x = x + 1)); };
    });
    check({0, 1'000'000}, model, "x");
  }

  void an_error_of_the_model_adds_nothing() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 3, 3);
      const Place y = m.var("y", 0, 3);
      return [=](Path& p) { p.step("go", then(x = x + 1, y = 1)); };
    });
    check({3, 3}, model, "x");
    check({0, 0}, model, "y");
  }

  void every_reachable_state_is_inside() {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
      const ir::Model model = tests::random_model(seed);
      const Ranges ranges(model);
      Effort effort(100);
      for (const ir::Valuation& state : first_states(model, effort))
        for (std::size_t v = 0; v < state.size(); ++v)
          for (std::size_t i = 0; i < state[v].size(); ++i)
            CPPUNIT_ASSERT(
                ranges.of({static_cast<int>(v), static_cast<int>(i)}).contains(state[v][i]));
    }
  }

 private:
  static void
  check(const ir::Range& expected, const ir::Model& model, const std::string& name, int cell = 0) {
    const ir::Range found = Ranges(model).of({variable(model, name), cell});
    CPPUNIT_ASSERT_EQUAL(expected.low, found.low);
    CPPUNIT_ASSERT_EQUAL(expected.high, found.high);
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RangesTest);
