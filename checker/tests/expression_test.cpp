#include "checker/ir/expression.hpp"

#include "checker/builder/declare.hpp"
#include "checker/builder/path.hpp"
#include "checker/ir/evaluate.hpp"
#include "checker/tests/refusal.hpp"

#include <cppunit/extensions/HelperMacros.h>

#include <cstdint>
#include <limits>

using namespace stalemate;
using namespace stalemate::build;
using tests::refusal;

namespace {

bool operator_is(const Expr& expression, ir::Op op) {
  return expression.node()->op == op;
}

} // namespace

class ExpressionTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(ExpressionTest);
  CPPUNIT_TEST(constants_are_folded);
  CPPUNIT_TEST(ranges_hold_every_value_and_the_extremes_are_met);
  CPPUNIT_TEST(what_can_not_fail_is_decided_while_building);
  CPPUNIT_TEST(negations_of_comparisons_are_the_opposite_ones);
  CPPUNIT_TEST(refuses_a_divisor_that_can_be_zero);
  CPPUNIT_TEST(refuses_a_modulo_of_something_negative);
  CPPUNIT_TEST(only_the_chosen_side_of_a_selection_is_read);
  CPPUNIT_TEST(text_reads_as_it_was_written);
  CPPUNIT_TEST_SUITE_END();

 public:
  void constants_are_folded() {
    CPPUNIT_ASSERT(ir::is_constant((Expr(2) * 3 + 1).node(), 7));
    CPPUNIT_ASSERT(ir::is_constant((Expr(7) / 2).node(), 3));
    CPPUNIT_ASSERT(ir::is_constant((!(Expr(1) < 2)).node(), 0));
    CPPUNIT_ASSERT(ir::is_constant(select(true, 4, 5).node(), 4));
  }

  void ranges_hold_every_value_and_the_extremes_are_met() {
    Model m;
    const Place x = m.var("x", 0, 3);
    const Place y = m.var("y", 1, 4);
    const std::vector<Expr> all{x + y,
                                x - y,
                                x * y,
                                x / y,
                                x % y,
                                -x,
                                !x,
                                x == y,
                                x != y,
                                x < y,
                                x <= y,
                                x && y,
                                x || y,
                                min(x, y),
                                max(x, y),
                                select(x, y, 7)};
    for (const Expr& e : all) {
      auto low = std::numeric_limits<std::int64_t>::max();
      auto high = std::numeric_limits<std::int64_t>::min();
      for (int a = 0; a <= 3; ++a)
        for (int b = 1; b <= 4; ++b) {
          const auto value = ir::evaluate(*e.node(), {{a}, {b}});
          CPPUNIT_ASSERT(e.range().contains(value));
          low = std::min(low, value);
          high = std::max(high, value);
        }
      CPPUNIT_ASSERT_EQUAL(e.range().low, low);
      CPPUNIT_ASSERT_EQUAL(e.range().high, high);
    }
  }

  void what_can_not_fail_is_decided_while_building() {
    Model m;
    const Place x = m.var("x", 0, 3);
    CPPUNIT_ASSERT(ir::is_constant((x < 4).node(), 1));
    CPPUNIT_ASSERT(ir::is_constant((x == 9).node(), 0));
    CPPUNIT_ASSERT(operator_is(x < 3, ir::Op::less));
    CPPUNIT_ASSERT((Expr(true) && x < 3).node()->op == ir::Op::less);
  }

  void negations_of_comparisons_are_the_opposite_ones() {
    Model m;
    const Place x = m.var("x", 0, 3);
    const Place y = m.var("y", 0, 3);
    const Place flag = m.flag("flag");
    const auto is = [](const Expr& e, ir::Op op, const Place& left, const Place& right) {
      const auto& node = *e.node();
      return node.op == op && node.operands[0] == left.node() && node.operands[1] == right.node();
    };
    CPPUNIT_ASSERT(is(!(x == y), ir::Op::not_equal, x, y));
    CPPUNIT_ASSERT(is(!(x != y), ir::Op::equal, x, y));
    CPPUNIT_ASSERT(is(!(x < y), ir::Op::less_equal, y, x));
    CPPUNIT_ASSERT(is(!(x <= y), ir::Op::less, y, x));
    CPPUNIT_ASSERT(operator_is(!!flag, ir::Op::load));
    // What is more than a truth value is not its own double negation.
    CPPUNIT_ASSERT(operator_is(!!x, ir::Op::invert));
    for (const Expr& e : {x == y, x != y, x < y, x <= y})
      for (int a = 0; a <= 3; ++a)
        for (int b = 0; b <= 3; ++b)
          CPPUNIT_ASSERT(ir::evaluate(*e.node(), {{a}, {b}, {0}}) !=
                         ir::evaluate(*(!e).node(), {{a}, {b}, {0}}));
  }

  void refuses_a_divisor_that_can_be_zero() {
    Model m;
    const Place x = m.var("x", 0, 3);
    CPPUNIT_ASSERT_EQUAL(std::string("a divisor can be 0"), refusal([&] { (void)(x / x); }));
  }

  void refuses_a_modulo_of_something_negative() {
    Model m;
    const Place x = m.var("x", 0, 3);
    CPPUNIT_ASSERT_EQUAL(std::string("a modulo of something that can be negative"),
                         refusal([&] { (void)((x - 1) % 2); }));
  }

  void only_the_chosen_side_of_a_selection_is_read() {
    Model m;
    const Place x = m.flag("x");
    const Place y = m.var("y", 0, 3);
    const Place z = m.var("z", 0, 3);
    const Expr chosen = select(x, y, z);
    const std::vector<ir::Cell> expected{{0, 0}, {2, 0}};
    CPPUNIT_ASSERT(ir::cells_read(*chosen.node(), {{0}, {1}, {2}}) == expected);
  }

  void text_reads_as_it_was_written() {
    Model m({"worker"});
    const Place type = m.named("type", {"hole", "mapped"});
    const Array dirty = m.flags("folio.dirty", 2);
    const Place i = m.var("i", 0, 1);
    ir::Variable data;
    data.name = "folio.data";
    data.range = {0, 5};
    data.shape = {2, 3};
    const Array table = m.declare(data);
    m.process("worker", "work", [&](Path& p) {
      const auto fn = p.function("work", "w.c");
      p.step("rest", when(i == 0), otherwise());
    });
    const ir::Model model = m.finish();
    const auto text = [&](const Expr& e) { return ir::text(model, e.node()); };
    CPPUNIT_ASSERT_EQUAL(std::string("type == mapped && !folio[1].dirty"),
                         text(type == 1 && !dirty[1]));
    CPPUNIT_ASSERT_EQUAL(std::string("folio[i].dirty || type != hole"),
                         text(dirty[i] || !(type == 0)));
    CPPUNIT_ASSERT_EQUAL(std::string("(i + 1) * 2 < 3"), text((i + 1) * 2 < 3));
    CPPUNIT_ASSERT_EQUAL(std::string("folio[i].data[2] == 1"), text(table.row(i)[2] == 1));
    CPPUNIT_ASSERT_EQUAL(std::string("folio[1].data[i] == 1"), text(table.row(1)[i] == 1));
    CPPUNIT_ASSERT_EQUAL(std::string("i <= 0"), text(!(i > 0)));
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExpressionTest);
