#include "checker/program/definition.hpp"

#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;
using tests::one_process;

class DefinitionTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(DefinitionTest);
  CPPUNIT_TEST(effects_run_in_order_and_see_earlier_ones);
  CPPUNIT_TEST(an_index_is_taken_when_its_effect_runs);
  CPPUNIT_TEST(a_value_outside_its_range_is_an_error);
  CPPUNIT_TEST(checks_look_at_the_state_before);
  CPPUNIT_TEST(enabled_means_guard_and_waits);
  CPPUNIT_TEST(a_process_with_work_that_waits_does_not_rest);
  CPPUNIT_TEST_SUITE_END();

 public:
  void effects_run_in_order_and_see_earlier_ones() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 9, 1);
      const Place y = m.var("y", 0, 9, 2);
      return [=](Path& p) { p.step("go", then(x = y + 1, y = x + 1)); };
    });
    const ir::Valuation after = fired(model).target;
    CPPUNIT_ASSERT_EQUAL(3, after[0][0]);
    CPPUNIT_ASSERT_EQUAL(4, after[1][0]);
    CPPUNIT_ASSERT_EQUAL(1, location(model.processes[0], after));
  }

  void an_index_is_taken_when_its_effect_runs() {
    const ir::Model model = one_process([](Model& m) {
      const Array a = m.array("a", 3, 0, 9);
      const Place i = m.var("i", 0, 2);
      return [=](Path& p) { p.step("go", then(i = 2, a[i] = 5)); };
    });
    CPPUNIT_ASSERT((fired(model).target[0] == std::vector<int>{0, 0, 5}));
  }

  void a_value_outside_its_range_is_an_error() {
    const ir::Model model = one_process([](Model& m) {
      const Array a = m.array("a.x", 2, 0, 2, {0, 2});
      return [=](Path& p) { p.step("advance", then(a[0] = 1, a[1] = a[1] + 1)); };
    });
    const Firing firing = fired(model);
    CPPUNIT_ASSERT_EQUAL(std::string("a[1].x becomes 3, its range is 0..2"), firing.error);
    CPPUNIT_ASSERT_EQUAL(std::string("p: f: \"advance\": wrong"),
                         at_step(model, model.processes[0], 0, "wrong"));
  }

  void checks_look_at_the_state_before() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 9, 1);
      const Claim claim = m.assertion("one", "x is one");
      return [=](Path& p) {
        p.step("go", then(x = 2).check(claim, x == 1, "before").check(claim, x == 2, "after"));
      };
    });
    const Firing firing = fired(model);
    CPPUNIT_ASSERT(firing.broken != nullptr);
    CPPUNIT_ASSERT_EQUAL(std::string("after"), firing.broken->text);
  }

  void enabled_means_guard_and_waits() {
    const ir::Model model = one_process([](Model& m) {
      const Place x = m.var("x", 0, 9, 1);
      return [=](Path& p) {
        p.step("go",
               when(x == 1),
               when(x == 2),
               when(x == 1).wait(x == 1, "one"),
               when(x == 1).wait(x == 1, "one").wait(x == 2, "two"));
      };
    });
    std::string enabled;
    for (const auto& alternative : model.processes[0].steps[0].alternatives)
      enabled += is_enabled(alternative, ir::initial(model)) ? '1' : '0';
    CPPUNIT_ASSERT_EQUAL(std::string("1010"), enabled);
  }

  void a_process_with_work_that_waits_does_not_rest() {
    const auto rests = [](bool is_idle, int work) {
      const ir::Model model = one_process([=](Model& m) {
        const Place x = m.var("x", 0, 1, work);
        const Place held = m.flag("held", true);
        return [=](Path& p) {
          const Phrase phrase("look for work");
          p.step(is_idle ? idle(phrase) : phrase,
                 when(x == 1).wait(!held, "a lock").then(held = true));
        };
      });
      return is_at_rest(model.processes[0], ir::initial(model));
    };
    CPPUNIT_ASSERT(rests(true, 0));
    CPPUNIT_ASSERT(!rests(true, 1));
    CPPUNIT_ASSERT(!rests(false, 0));
  }

 private:
  static Firing fired(const ir::Model& model) {
    return fire(
        model, model.processes[0], model.processes[0].steps[0].alternatives[0], ir::initial(model));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DefinitionTest);
