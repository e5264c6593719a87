// Conditions become chains of tests. What depends on one cell is a set of its values; a set that is
// a cube in the cell's bits becomes a mask and a value, and all of those in one word one test.
// `a == 1 && !b && c != 2` is a single instruction if the three cells share a word and c has the
// values 0..2, since then c != 2 says no more than that c's high bit is 0.

#include "checker/program/lower_condition.hpp"

#include "checker/program/choice.hpp"
#include "checker/program/ensure.hpp"
#include "checker/program/simplify.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace stalemate {

namespace {

using ir::ExpressionPtr;
using ir::Op;

/// Part of a condition: one instruction, or an expression that needs more.
struct Item {
  Instruction test;
  ExpressionPtr rest; ///< Set: the item says that its truth is `truth`; `test` means nothing.
  bool truth = true;
};

/// The set of the codes, or its complement, as a mask and a value of the field's bits; false if it
/// is none. Codes that no value has may be in it or not.
bool as_cube(Word set, int count, Word field_mask, Word& mask, Word& value) {
  Word all_ones = field_mask;
  Word any_ones = 0;
  for (int code = 0; code < count; ++code) {
    if (((set >> code) & 1) == 0) continue;
    all_ones &= static_cast<Word>(code);
    any_ones |= static_cast<Word>(code);
  }
  mask = ~(all_ones ^ any_ones) & field_mask;
  value = all_ones & mask;
  for (int code = 0; code < count; ++code)
    if ((static_cast<Word>(code) & mask) == value && ((set >> code) & 1) == 0) return false;
  return true;
}

Instruction opposite(Instruction test) {
  switch (test.code) {
  case Code::test:
    test.code = Code::test_not;
    break;
  case Code::test_not:
    test.code = Code::test;
    break;
  case Code::test_member:
    test.value = ~test.value;
    break;
  default:
    ensure(false, "only tests of fields against constants are kept as items");
  }
  return test;
}

class Conjunction {
 public:
  explicit Conjunction(const Layout& layout) : layout_(layout) {}

  /// And: the truth of `e` is `truth`.
  void add(const ExpressionPtr& e, bool truth) {
    if (e->op == Op::invert) return add(e->operands[0], !truth);
    if (e->op == (truth ? Op::both : Op::either)) {
      for (const auto& operand : e->operands)
        add(operand, truth);
      return;
    }
    if (ir::is_constant(e)) {
      never_ |= (e->value != 0) != truth;
    } else if (const auto cell = sole_cell(e, layout_, 64)) {
      Word set = 0;
      Word bit = 1;
      for (const auto value : values_by_cell(e, *cell, layout_)) {
        if ((value != 0) == truth) set |= bit;
        bit <<= 1;
      }
      const auto [known, fresh] = sets_.emplace(*cell, set);
      if (!fresh) known->second &= set;
    } else if (!add_wide_equality(e, truth)) {
      rest_.push_back({{}, e, truth});
    }
  }

  [[nodiscard]] bool is_never() const { return never_; }

  /// Tests first, costly parts last. Call once, when everything was added.
  [[nodiscard]] std::vector<Item> items() {
    for (const auto& [cell, set] : sets_)
      add_set(cell, set);
    std::vector<Item> all;
    for (const auto& [word, test] : fused_)
      all.push_back({test, nullptr, true});
    for (const Instruction& test : single_)
      all.push_back({test, nullptr, true});
    merge_choices();
    all.insert(all.end(), rest_.begin(), rest_.end());
    return all;
  }

 private:
  /// Parts that branch on the same choice become one, which branches once.
  void merge_choices() {
    ExpressionPtr merged;
    std::vector<Item> others;
    for (const Item& item : rest_) {
      const auto e = item.truth ? item.rest : ir::fold(Op::invert, {item.rest});
      const auto both = merged ? ir::fold(Op::both, {merged, e}) : e;
      if (first_choice(e) && first_choice(both))
        merged = both;
      else
        others.push_back(item);
    }
    if (merged) others.push_back({{}, merged, true});
    rest_ = std::move(others);
  }

  void fuse(std::uint8_t word, Word mask, Word value) {
    Instruction& test = fused_[word];
    never_ |= (test.value & mask) != (value & test.mask);
    test.code = Code::test;
    test.word = word;
    test.mask |= mask;
    test.value |= value;
  }

  void add_set(ir::Cell cell, Word set) {
    const Field& field = layout_.field(cell);
    const ir::Range range = layout_.ranges().of(cell);
    const int count = static_cast<int>(range.high - range.low) + 1;
    const Word every = count == 64 ? ~Word{0} : (Word{1} << count) - 1;
    if (set == 0) never_ = true;
    if (set == 0 || set == every) return;

    Word mask = 0;
    Word value = 0;
    if (as_cube(set, count, field.mask(), mask, value))
      return fuse(field.word, mask << field.shift, value << field.shift);
    Instruction test = on_field(Code::test_member, field);
    test.value = set;
    if (as_cube(every & ~set, count, field.mask(), mask, value)) {
      test = on_field(Code::test_not, field);
      test.mask = mask << field.shift;
      test.value = value << field.shift;
    }
    single_.push_back(test);
  }

  /// A comparison of a cell of many values with a constant.
  bool add_wide_equality(const ExpressionPtr& e, bool truth) {
    if (e->op != Op::equal && e->op != Op::not_equal) return false;
    for (const std::size_t side : {0, 1}) {
      if (!is_cell(e->operands[side]) || !ir::is_constant(e->operands[1 - side])) continue;
      const Field& field = layout_.field(cell_of(e->operands[side]));
      const Word value = static_cast<Word>(std::int64_t{e->operands[1 - side]->value} - field.low)
                         << field.shift;
      if (truth == (e->op == Op::equal)) {
        fuse(field.word, field.mask() << field.shift, value);
      } else {
        Instruction test = on_field(Code::test_not, field);
        test.mask = field.mask() << field.shift;
        test.value = value;
        single_.push_back(test);
      }
      return true;
    }
    return false;
  }

  const Layout& layout_;
  bool never_ = false;
  std::map<ir::Cell, Word> sets_;
  std::map<std::uint8_t, Instruction> fused_; ///< By word.
  std::vector<Instruction> single_;
  std::vector<Item> rest_;
};

/// Comparisons of two cells; false if it is none.
bool lower_comparison(
    Assembler& code, const Layout& layout, const ExpressionPtr& e, bool truth, Mark target) {
  const bool is_equality = e->op == Op::equal || e->op == Op::not_equal;
  if (!is_equality && e->op != Op::less && e->op != Op::less_equal) return false;
  if (!is_cell(e->operands[0]) || !is_cell(e->operands[1])) return false;

  // a <= b is !(b < a).
  const bool swap = e->op == Op::less_equal;
  const bool positive = truth != (swap || e->op == Op::not_equal);
  const Field& left = layout.field(cell_of(e->operands[swap ? 1 : 0]));
  const Field& right = layout.field(cell_of(e->operands[swap ? 0 : 1]));
  Instruction test = on_field(is_equality ? (positive ? Code::test_equal : Code::test_not_equal)
                                          : (positive ? Code::test_less : Code::test_not_less),
                              left);
  test.a = right.word;
  test.b = right.shift;
  test.value = right.mask();
  test.other = right.low - left.low;
  code.add(test, target);
  return true;
}

void lower_rest(
    Assembler& code, const Layout& layout, const ExpressionPtr& e, bool truth, Mark target) {
  if (const auto choice = first_choice(e)) {
    const Mark otherwise = code.mark();
    const Mark done = code.mark();
    lower_condition(code, layout, choice, true, otherwise);
    lower_condition(code, layout, decided(e, choice, true, layout.ranges()), truth, target);
    code.add({.code = Code::jump}, done);
    code.place(otherwise);
    lower_condition(code, layout, decided(e, choice, false, layout.ranges()), truth, target);
    code.place(done);
    return;
  }
  if (e->op == Op::both || e->op == Op::either || e->op == Op::invert)
    return lower_condition(code, layout, e, truth, target);
  if (lower_comparison(code, layout, e, truth, target)) return;
  lower_value(code, layout, e);
  code.add({.code = truth ? Code::test_register : Code::test_register_not}, target);
}

void lower_item(Assembler& code, const Layout& layout, const Item& item, bool truth, Mark target) {
  if (item.rest) return lower_rest(code, layout, item.rest, item.truth == truth, target);
  code.add(truth ? item.test : opposite(item.test), target);
}

} // namespace

void lower_condition(
    Assembler& code, const Layout& layout, const ExpressionPtr& e, bool truth, Mark target) {
  const bool inner = e->op == Op::invert ? !truth : truth;
  const ExpressionPtr& what = e->op == Op::invert ? e->operands[0] : e;
  if (e->op == Op::invert && what->op == Op::invert)
    return lower_condition(code, layout, what, inner, target);

  // A disjunction is the negation of the conjunction of its negated parts.
  const bool is_disjunction = what->op == (inner ? Op::either : Op::both);
  Conjunction parts(layout);
  parts.add(what, is_disjunction != inner);
  const auto items = parts.items();
  const bool always = items.empty() && !parts.is_never();

  if (!is_disjunction) {
    if (parts.is_never()) return code.add({.code = Code::jump}, target);
    for (const Item& item : items)
      lower_item(code, layout, item, true, target);
    return;
  }
  if (parts.is_never()) return;
  if (always) return code.add({.code = Code::jump}, target);
  const Mark holds = code.mark();
  for (std::size_t i = 0; i + 1 < items.size(); ++i)
    lower_item(code, layout, items[i], true, holds);
  lower_item(code, layout, items.back(), false, target);
  code.place(holds);
}

Instruction on_field(Code code, const Field& field) {
  Instruction i;
  i.code = code;
  i.word = field.word;
  i.shift = field.shift;
  i.mask = field.mask();
  return i;
}

} // namespace stalemate
