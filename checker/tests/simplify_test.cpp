#include "checker/program/simplify.hpp"

#include "checker/tests/small_models.hpp"

#include <cppunit/extensions/HelperMacros.h>

using namespace stalemate;
using namespace stalemate::build;

class SimplifyTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(SimplifyTest);
  CPPUNIT_TEST(known_cells_become_their_values);
  CPPUNIT_TEST(cells_that_never_change_become_their_values);
  CPPUNIT_TEST(one_side_can_decide);
  CPPUNIT_TEST(ranges_can_decide);
  CPPUNIT_TEST(constants_are_computed);
  CPPUNIT_TEST(a_guard_teaches_what_it_compares);
  CPPUNIT_TEST(a_negated_guard_teaches_the_other_of_two_values);
  CPPUNIT_TEST(a_disjunction_teaches_only_when_false);
  CPPUNIT_TEST_SUITE_END();

 public:
  SimplifyTest()
      : x_(m_.var("x", 0, 9)), y_(m_.var("y", 0, 9)), b_(m_.flag("b")), a_(m_.array("a", 3, 0, 9)),
        i_(m_.var("i", 0, 2)), size_(m_.var("size", 0, 9, 7)) {
    m_.process("p", "path", [&](Path& p) {
      const auto f = p.function("f", "f.c");
      p.step("go", then(x_ = 9, y_ = 9, b_ = true, i_ = 2, for_each(3, [&](int i) {
                          return a_[i] = 9;
                        })));
    });
    model_ = m_.finish();
  }

  void known_cells_become_their_values() {
    CPPUNIT_ASSERT_EQUAL(std::string("3 + y"), text(x_ + y_, {{{x(), 0}, 3}}));
    CPPUNIT_ASSERT_EQUAL(std::string("a[2]"), text(a_[i_], {{{i(), 0}, 2}}));
    CPPUNIT_ASSERT_EQUAL(std::string("5"), text(a_[i_], {{{i(), 0}, 2}, {{a_.id(), 2}, 5}}));
  }

  void cells_that_never_change_become_their_values() {
    CPPUNIT_ASSERT_EQUAL(std::string("x == 7"), text(x_ == size_, {}));
  }

  void one_side_can_decide() {
    CPPUNIT_ASSERT_EQUAL(std::string("0"), text(b_ && x_ == 3, {{{x(), 0}, 4}}));
    CPPUNIT_ASSERT_EQUAL(std::string("b"), text(b_ && x_ == 3, {{{x(), 0}, 3}}));
    CPPUNIT_ASSERT_EQUAL(std::string("1"), text(b_ || x_ == 3, {{{x(), 0}, 3}}));
    CPPUNIT_ASSERT_EQUAL(std::string("y != 0"), text(y_ && x_ == 3, {{{x(), 0}, 3}}));
    CPPUNIT_ASSERT_EQUAL(std::string("y"), text(select(x_ == 3, y_, 0), {{{x(), 0}, 3}}));
  }

  void ranges_can_decide() {
    CPPUNIT_ASSERT_EQUAL(std::string("1"), text(x_ < y_ + size_ + 3, {}));
    CPPUNIT_ASSERT_EQUAL(std::string("0"), text(i_ + 1 == x_, {{{x(), 0}, 9}}));
  }

  void constants_are_computed() {
    CPPUNIT_ASSERT_EQUAL(std::string("2"), text(x_ % 3, {{{x(), 0}, 5}}));
    CPPUNIT_ASSERT_EQUAL(std::string("-5"), text(-x_, {{{x(), 0}, 5}}));
  }

  void a_guard_teaches_what_it_compares() {
    const Known known = learned(x_ == 3 && b_ && a_[1] == 5 && y_ < 5, true);
    CPPUNIT_ASSERT((known == Known{{{x(), 0}, 3}, {{b(), 0}, 1}, {{a_.id(), 1}, 5}}));
  }

  void a_negated_guard_teaches_the_other_of_two_values() {
    CPPUNIT_ASSERT((learned(!b_, true) == Known{{{b(), 0}, 0}}));
    CPPUNIT_ASSERT((learned(b_ != 1, true) == Known{{{b(), 0}, 0}}));
    CPPUNIT_ASSERT(learned(x_ != 3, true).empty());
    CPPUNIT_ASSERT(learned(x_, true).empty());
    CPPUNIT_ASSERT((learned(x_, false) == Known{{{x(), 0}, 0}}));
  }

  void a_disjunction_teaches_only_when_false() {
    CPPUNIT_ASSERT(learned(b_ || x_ == 3, true).empty());
    CPPUNIT_ASSERT((learned(b_ || x_ != 3, false) == Known{{{b(), 0}, 0}, {{x(), 0}, 3}}));
  }

 private:
  std::string text(const Expr& e, const Known& known) const {
    return ir::text(model_, simplify(e.node(), known, Layout(model_).ranges()));
  }
  static Known learned(const Expr& e, bool truth) {
    Known known;
    learn(e.node(), truth, known);
    return known;
  }
  int x() const { return x_.node()->value; }
  int b() const { return b_.node()->value; }
  int i() const { return i_.node()->value; }

  Model m_{{"p"}};
  Place x_, y_, b_;
  Array a_;
  Place i_, size_;
  ir::Model model_;
};

CPPUNIT_TEST_SUITE_REGISTRATION(SimplifyTest);
