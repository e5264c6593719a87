// What is printed is read back as the same tree: trees of all operators, of operands of all sorts,
// also where nobody would write them so.
#include "checker/ir/model.hpp"
#include "checker/ir/sort.hpp"
#include "checker/language/parse.hpp"
#include "checker/tests/language_models.hpp"

#include <cppunit/extensions/HelperMacros.h>
#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

using namespace stalemate;
using ir::ExpressionPtr;
using ir::Op;
using language::Scope;

namespace {

using Choices = std::vector<std::uint8_t>;

/// Makes trees out of a list of choices. Where the list is at an end it takes the simplest, so that
/// shorter lists and smaller numbers are simpler trees.
class Grower {
 public:
  Grower(const ir::Model& model, const Choices& choices) : model_(model), choices_(choices) {}

  ExpressionPtr tree(int depth) {
    static constexpr std::array ops{Op::invert,
                                    Op::negate,
                                    Op::add,
                                    Op::subtract,
                                    Op::multiply,
                                    Op::divide,
                                    Op::modulo,
                                    Op::equal,
                                    Op::not_equal,
                                    Op::less,
                                    Op::less_equal,
                                    Op::both,
                                    Op::either,
                                    Op::select,
                                    Op::minimum,
                                    Op::maximum};
    const int choice = choose(depth == 0 ? 8 : 40);
    if (choice < 3) return ir::constant(choose(6) - 2);
    if (choice < 8) return cell(depth);
    const Op op = ops[static_cast<std::size_t>(choice) % ops.size()];
    std::vector<ExpressionPtr> operands;
    const int count = op == Op::select ? 3 : op <= Op::negate ? 1 : 2;
    for (int i = 0; i < count; ++i)
      operands.push_back(tree(depth - 1));
    return combined(op, operands);
  }

  ExpressionPtr cell(int depth) {
    const auto id = choose(static_cast<int>(model_.variables.size()));
    const ir::Variable& variable = model_.variables[static_cast<std::size_t>(id)];
    if (variable.shape.empty()) return ir::load(id, variable.range, nullptr);
    return ir::load(id, variable.range, index(variable, depth));
  }

 private:
  int choose(int count) { return at_ < choices_.size() ? choices_[at_++] % count : 0; }

  /// What cannot be combined is its first operand alone.
  static ExpressionPtr combined(Op op, const std::vector<ExpressionPtr>& operands) {
    constexpr ir::Range fits{std::numeric_limits<int>::min(), std::numeric_limits<int>::max()};
    try {
      const auto made = ir::combine(op, operands);
      return fits.contains(made->range) ? made : operands[0];
    } catch (const ir::InvalidModel&) {
      return operands[0];
    }
  }

  ExpressionPtr within(const ExpressionPtr& e, int length) {
    return ir::Range{0, length - 1}.contains(e->range) ? e : ir::constant(choose(length));
  }

  ExpressionPtr index(const ir::Variable& variable, int depth) {
    if (depth == 0) return ir::constant(choose(variable.cells()));
    if (variable.shape.size() < 2 || choose(4) == 3)
      return within(tree(depth - 1), variable.cells());
    const auto row = within(tree(depth - 1), variable.shape[0]);
    const auto column = within(tree(depth - 1), variable.shape[1]);
    return combined(Op::add,
                    {combined(Op::multiply, {row, ir::constant(variable.shape[1])}), column});
  }

  const ir::Model& model_;
  const Choices& choices_;
  std::size_t at_ = 0;
};

} // namespace

class RoundTripTest : public CppUnit::TestFixture {
  CPPUNIT_TEST_SUITE(RoundTripTest);
  CPPUNIT_TEST(what_is_printed_is_read_as_the_same_tree);
  CPPUNIT_TEST(so_are_assignments);
  CPPUNIT_TEST(so_are_the_largest_numbers);
  CPPUNIT_TEST_SUITE_END();

  const ir::Model model_ = tests::spoken_model();
  const Scope scope_{model_, ir::none, true};

  [[nodiscard]] const ir::Variable& variable_of(const ExpressionPtr& cell) const {
    return model_.variables[static_cast<std::size_t>(cell->value)];
  }

 public:
  void what_is_printed_is_read_as_the_same_tree() {
    CPPUNIT_ASSERT(
        rc::check("an expression is read as it was printed", [&](const Choices& choices) {
          const auto made = Grower(model_, choices).tree(5);
          const std::string text = ir::text(model_, made);
          RC_LOG() << text << '\n';
          RC_ASSERT(ir::is_same(*made, *language::parse_value(scope_, text)));
        }));
  }

  void so_are_assignments() {
    CPPUNIT_ASSERT(
        rc::check("an assignment is read as it was printed", [&](const Choices& choices) {
          Grower grower(model_, choices);
          auto place = grower.cell(2);
          if (variable_of(place).kind == ir::Kind::location)
            place = ir::load(0, {0, 1}, ir::constant(1));
          auto value = grower.tree(4);
          const ir::Range range = variable_of(place).range;
          if (value->range.low > range.high || value->range.high < range.low)
            value = ir::constant(range.high);
          const ir::Effect effect{
              place->value, place->operands.empty() ? nullptr : place->operands[0], value};
          const std::string text = ir::text(model_, effect);
          RC_LOG() << text << '\n';
          const auto read = language::parse_assignment(scope_, text);
          RC_ASSERT(read.variable == effect.variable);
          RC_ASSERT(ir::is_same(*value, *read.value));
          RC_ASSERT((effect.index == nullptr) == (read.index == nullptr));
          if (effect.index) RC_ASSERT(ir::is_same(*effect.index, *read.index));
        }));
  }

  void so_are_the_largest_numbers() {
    for (const std::int64_t value : {std::numeric_limits<int>::min(),
                                     std::numeric_limits<int>::min() + 1,
                                     -1,
                                     0,
                                     std::numeric_limits<int>::max()}) {
      const auto made = ir::constant(value);
      CPPUNIT_ASSERT(ir::is_same(*made, *language::parse_value(scope_, ir::text(model_, made))));
    }
  }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RoundTripTest);
