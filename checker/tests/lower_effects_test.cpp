#include "checker/program/lower_effects.hpp"

#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;
using tests::variable;

class LowerEffectsTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LowerEffectsTest);
  CPPUNIT_TEST(constants_of_a_word_are_one_instruction);
  CPPUNIT_TEST(a_function_of_one_cell_is_one_instruction);
  CPPUNIT_TEST(a_constant_is_seen_before_it_is_stored);
  CPPUNIT_TEST(a_later_effect_overrides_a_constant);
  CPPUNIT_TEST(what_the_guard_said_is_known);
  CPPUNIT_TEST(a_value_that_always_leaves_its_range_is_known_to);
  CPPUNIT_TEST(what_keeps_its_value_is_not_changed);
  CPPUNIT_TEST_SUITE_END();

 public:
  LowerEffectsTest()
      : x_(m_.var("x", 0, 9)), y_(m_.var("y", 0, 9)), b_(m_.flag("b")), a_(m_.array("a", 3, 0, 9)) {
  }

  void constants_of_a_word_are_one_instruction() {
    check({Code::assign}, then(x_ = 3, b_ = true, a_[1] = 4));
  }

  void a_function_of_one_cell_is_one_instruction() {
    check({Code::map, Code::assign}, then(x_ = (y_ + 1) % 10, b_ = true));
    check({Code::map, Code::assign}, then(x_ = y_));
  }

  void a_constant_is_seen_before_it_is_stored() {
    check({Code::assign}, then(x_ = 3, y_ = x_ + 1));
    CPPUNIT_ASSERT_EQUAL(4, after_.known.at({variable(model_, "y"), 0}));
  }

  void a_later_effect_overrides_a_constant() {
    check({Code::map, Code::assign}, then(x_ = 3, x_ = y_));
    CPPUNIT_ASSERT(!after_.known.contains({variable(model_, "x"), 0}));
    CPPUNIT_ASSERT(after_.changed.contains({variable(model_, "x"), 0}));
  }

  void what_the_guard_said_is_known() {
    check({Code::assign}, then(y_ = x_ + 1), {{{0, 0}, 4}});
    CPPUNIT_ASSERT_EQUAL(5, after_.known.at({variable(model_, "y"), 0}));
  }

  void a_value_that_always_leaves_its_range_is_known_to() {
    check({Code::jump}, then(y_ = x_ + 1), {{{0, 0}, 9}});
    CPPUNIT_ASSERT(!after_.is_possible);
  }

  void what_keeps_its_value_is_not_changed() {
    check({Code::assign}, then(x_ = 4), {{{0, 0}, 4}});
    CPPUNIT_ASSERT(!after_.changed.contains({variable(model_, "x"), 0}));
    CPPUNIT_ASSERT(after_.changed.contains({model_.processes[0].location, 0}));
  }

 private:
  void check(const std::vector<Code>& expected, const Alternative& alternative, Known known = {}) {
    // A second step makes every value possible, so that nothing is constant.
    Model m = m_;
    m.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("go", alternative);
      p.step("spread", when(x_ < 9).then(x_ = x_ + 1, y_ = x_, b_ = !b_, a_[1] = x_));
    });
    model_ = m.finish();
    const Layout layout(model_);
    Bytecode tables;
    Assembler code(tables);
    const Mark fails = code.mark();
    const ir::Process& process = model_.processes[0];
    known[{process.location, 0}] = 0;
    after_ = lower_effects(
        code, layout, model_, process, process.steps[0].alternatives[0], known, fails);
    code.place(fails);
    std::vector<Code> found;
    for (const Instruction& i : code.finish())
      found.push_back(i.code);
    CPPUNIT_ASSERT(expected == found);
  }

  Model m_{{"p"}};
  Place x_, y_, b_;
  Array a_;
  ir::Model model_;
  After after_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(LowerEffectsTest);
