#include "checker/program/choice.hpp"

#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;

class ChoiceTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ChoiceTest);
  CPPUNIT_TEST(decides_inner_choices_first);
  CPPUNIT_TEST(decides_every_occurrence_at_once);
  CPPUNIT_TEST(a_decided_choice_tells_what_its_cells_hold);
  CPPUNIT_TEST(gives_up_where_code_would_explode);
  CPPUNIT_TEST_SUITE_END();

 public:
  ChoiceTest()
      : x_(m_.var("x", 0, 9)), y_(m_.var("y", 0, 9)), z_(m_.var("z", 0, 9)), b_(m_.flags("b", 6)) {
    m_.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("go", then(x_ = 9, y_ = 9, z_ = 9, for_each(6, [&](int i) { return b_[i] = true; })));
    });
    model_ = m_.finish();
  }

  void decides_inner_choices_first() {
    const Expr e = select(select(b_[0], x_, y_) == 3, x_, z_) == 5;
    CPPUNIT_ASSERT_EQUAL(std::string("b[0]"), text(first_choice(e.node())));
    CPPUNIT_ASSERT_EQUAL(std::string("(y == 3 ? x : z) == 5"), text(decided(e, b_[0], false)));
    CPPUNIT_ASSERT(!first_choice((x_ == 5).node()));
  }

  void decides_every_occurrence_at_once() {
    const Expr one = select(b_[0], x_, y_);
    const Expr same = select(b_[0], x_, y_);
    CPPUNIT_ASSERT_EQUAL(std::string("x == 1 || x == 4"),
                         text(decided(one == 1 || same == 4, b_[0], true)));
  }

  void a_decided_choice_tells_what_its_cells_hold() {
    CPPUNIT_ASSERT_EQUAL(std::string("4"),
                         text(decided(select(x_ == 3, x_ + 1, y_), x_ == 3, true)));
  }

  void gives_up_where_code_would_explode() {
    Expr sum = 0;
    for (int i = 0; i < 4; ++i)
      sum = sum + select(b_[i], x_, y_);
    CPPUNIT_ASSERT(first_choice(sum.node()));
    for (int i = 4; i < 6; ++i)
      sum = sum + select(b_[i], x_, y_);
    CPPUNIT_ASSERT(!first_choice(sum.node()));
  }

 private:
  ir::ExpressionPtr decided(const Expr& e, const Expr& choice, bool truth) const {
    return stalemate::decided(e.node(), choice.node(), truth, Ranges(model_));
  }
  std::string text(const ir::ExpressionPtr& e) const { return ir::text(model_, e); }

  Model m_{{"p"}};
  Place x_, y_, z_;
  Array b_;
  ir::Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ChoiceTest);
