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
  CPPUNIT_TEST(what_was_written_is_still_known);
  CPPUNIT_TEST(self_is_put_into_what_was_written);
  CPPUNIT_TEST(refuses_what_needs_more_than_32_bits);
  CPPUNIT_TEST(counts_up_to_32_bits);
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

  void what_was_written_is_still_known() {
    Model m;
    const Place x = m.var("x", 0, 3);
    const Place flag = m.flag("flag");
    const auto has_both = [](const Expr& e, std::int64_t written) {
      const ir::Valuation state{{2}, {1}};
      const ir::Expression& node = *e.node();
      return node.written != nullptr && ir::evaluate(node, state) == written &&
             ir::evaluate_as_written(node, state) == written;
    };
    CPPUNIT_ASSERT(has_both(Expr(2) * 3 + 1, 7));
    CPPUNIT_ASSERT(has_both(x < 4, 1));
    CPPUNIT_ASSERT(has_both(Expr(true) && flag, 1));
    CPPUNIT_ASSERT(has_both(select(x >= 0, x, 3), 2));
    CPPUNIT_ASSERT(has_both(!(x + 0 == 2), 0));
    CPPUNIT_ASSERT((x + 1).node()->written == nullptr);

    // Whoever rewrites an expression forgets it, in all parts.
    const auto forgotten = ir::as_folded(((x + 0) + (x * 1)).node());
    CPPUNIT_ASSERT(forgotten->operands[0]->written == nullptr);
    CPPUNIT_ASSERT(ir::as_folded((x < 4).node())->written == nullptr);
    const Expr sum = x + 1;
    CPPUNIT_ASSERT(ir::as_folded(sum.node()) == sum.node());
  }

  void self_is_put_into_what_was_written() {
    const Expr self(ir::self(4));
    // 1 + process is 3 for process 2.
    const auto e = ir::with_self((self * 1 < 9).node(), 2);
    CPPUNIT_ASSERT(ir::is_constant(e, 1));
    CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, ir::evaluate_as_written(*e, {}));
    const auto other = ir::with_self((!(self == 3)).node(), 2);
    CPPUNIT_ASSERT(ir::is_constant(other, 0));
    CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, ir::evaluate_as_written(*other, {}));
  }

  /// Each of these was cut off or wrapped around once, and folded to what it is not.
  void refuses_what_needs_more_than_32_bits() {
    Model m;
    const Place large = m.var("large", 0, 1 << 29);
    const Place larger = m.var("larger", 0, (1 << 30) - 1);
    const Place x = m.var("x", 0, 3);
    const auto is_refused = [](const auto& expression) {
      return refusal(expression).starts_with("a value can need more than 32 bits: ");
    };
    CPPUNIT_ASSERT(is_refused([&] { (void)(large * large * large == 0); }));
    CPPUNIT_ASSERT(is_refused([&] { (void)(larger * larger * larger < 1000); }));
    CPPUNIT_ASSERT(is_refused([&] { (void)(large * large * large > 0); }));
    CPPUNIT_ASSERT(is_refused([&] { (void)(x + Expr(65536) * 65536 <= 3); }));
    CPPUNIT_ASSERT(is_refused([&] { (void)(x * (Expr(65536) * 65536 + 1) < 4); }));
    CPPUNIT_ASSERT(is_refused([&] { (void)(x * (std::int64_t{1} << 32) == 0); }));
    CPPUNIT_ASSERT(is_refused([&] { (void)(x * (std::int64_t{1} << 32) > 5); }));
    CPPUNIT_ASSERT(is_refused([&] { (void)(x < std::uint64_t{1} << 63); }));
    CPPUNIT_ASSERT(is_refused([&] { (void)(large + large + large + large); }));
    CPPUNIT_ASSERT(is_refused([&] { (void)-Expr(std::numeric_limits<int>::min()); }));
    CPPUNIT_ASSERT(is_refused([&] { (void)(Expr(std::numeric_limits<int>::min()) / -1); }));
    CPPUNIT_ASSERT_EQUAL(std::string("a value can need more than 32 bits: the product of "
                                     "0..1610612736 and 2..2 is 0..3221225472"),
                         refusal([&] { (void)(large * x * 2); }));
  }

  void counts_up_to_32_bits() {
    Model m;
    const Place x = m.var("x", 0, 1 << 29);
    constexpr int most = std::numeric_limits<int>::max();
    CPPUNIT_ASSERT_EQUAL(std::int64_t{3} << 29, (x * 3).range().high);
    CPPUNIT_ASSERT(ir::is_constant((Expr(most) + 0).node(), most));
    CPPUNIT_ASSERT(ir::is_constant((-Expr(most) - 1).node(), std::numeric_limits<int>::min()));
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
