#include "checker/program/lower_condition.hpp"

#include "checker/program/simplify.hpp"
#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;

class LowerConditionTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(LowerConditionTest);
  CPPUNIT_TEST(a_conjunction_of_tests_is_one_instruction);
  CPPUNIT_TEST(its_negation_is_one_instruction);
  CPPUNIT_TEST(several_values_of_a_cell_are_one_instruction);
  CPPUNIT_TEST(everything_about_one_cell_is_one_instruction);
  CPPUNIT_TEST(two_cells_are_compared_by_one_instruction);
  CPPUNIT_TEST(a_contradiction_only_jumps);
  CPPUNIT_TEST(choices_branch_and_need_no_registers);
  CPPUNIT_TEST_SUITE_END();

 public:
  LowerConditionTest()
      : x_(m_.var("x", 0, 2)), y_(m_.var("y", 0, 9)), z_(m_.var("z", 1, 9)), b_(m_.flag("b")),
        c_(m_.flag("c")), wide_(m_.var("wide", 0, 99)) {
    m_.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("go", then(x_ = 2, y_ = 9, z_ = 9, b_ = true, c_ = true, wide_ = 99));
    });
    model_ = m_.finish();
  }

  void a_conjunction_of_tests_is_one_instruction() {
    // x is 0..2: that it is not 2 says no more than that its high bit is clear.
    check({Code::test}, b_ && !c_ && x_ != 2 && y_ == 3);
  }

  void its_negation_is_one_instruction() {
    check({Code::test_not}, !(b_ && !c_ && x_ != 2 && y_ == 3));
    check({Code::test_not}, !b_ || c_ || y_ != 3);
  }

  void several_values_of_a_cell_are_one_instruction() {
    check({Code::test_member}, y_ == 1 || y_ == 6);
    check({Code::test_not}, y_ != 6);
    check({Code::test}, y_ == 4 || y_ == 5);
  }

  void everything_about_one_cell_is_one_instruction() {
    check({Code::test_member}, (y_ + 1) % 3 == 0 && y_ * y_ < 40);
    check({Code::test}, b_ && (y_ < 2 || y_ > 7)); // The two bits in the middle are 0.
  }

  void two_cells_are_compared_by_one_instruction() {
    check({Code::test_equal}, y_ == z_);
    check({Code::test_not_equal}, !(y_ == z_));
    check({Code::test_not_less}, z_ <= y_);
    check({Code::test, Code::test_less}, b_ && y_ < z_);
  }

  void a_contradiction_only_jumps() {
    check({Code::jump}, y_ == 3 && b_ && y_ == 4);
    check({}, !(y_ == 3 && b_ && y_ == 4));
    // Of more values than a set has bits.
    check({Code::jump}, wide_ == 1 && b_ && wide_ == 70);
  }

  void choices_branch_and_need_no_registers() {
    check({Code::test, Code::test_equal, Code::jump, Code::test_equal}, select(b_, y_, x_) == z_);
    check({Code::test, Code::test_member, Code::jump, Code::test},
          select(b_, y_, x_) == 1 || select(b_, y_, x_) == 6);
  }

 private:
  void check(const std::vector<Code>& expected, const Expr& e) const {
    const Layout layout(model_);
    Bytecode tables;
    Assembler code(tables);
    const Mark otherwise = code.mark();
    lower_condition(code, layout, simplify(e.node(), {}, layout.ranges()), true, otherwise);
    code.place(otherwise);
    std::vector<Code> found;
    for (const Instruction& i : code.finish())
      found.push_back(i.code);
    CPPUNIT_ASSERT(expected == found);
  }

  Model m_{{"p"}};
  Place x_, y_, z_, b_, c_, wide_;
  ir::Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(LowerConditionTest);
