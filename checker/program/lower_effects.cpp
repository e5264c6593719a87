#include "checker/program/lower_effects.hpp"

#include "checker/program/choice.hpp"
#include "checker/program/lower_condition.hpp"

#include <map>
#include <utility>

namespace stalemate {

namespace {

using ir::ExpressionPtr;

class Effects {
 public:
  Effects(Assembler& code,
          const Layout& layout,
          const ir::Model& model,
          const Known& known,
          Mark out_of_range)
      : code_(code), layout_(layout), model_(model), out_of_range_(out_of_range) {
    after_.known = known;
  }

  void run(const ir::Effect& effect) {
    const ExpressionPtr value = simplify(effect.value, after_.known, layout_.ranges());
    const ExpressionPtr index =
        effect.index ? simplify(effect.index, after_.known, layout_.ranges()) : ir::constant(0);
    const ir::Range range = model_.variables[static_cast<std::size_t>(effect.variable)].range;
    if (range.high < value->range.low || value->range.high < range.low) {
      after_.is_possible = false;
      return code_.add({.code = Code::jump}, out_of_range_);
    }
    if (!ir::is_constant(index)) return store_somewhere(effect.variable, index, value, range);

    const ir::Cell cell{effect.variable, index->value};
    if (ir::is_constant(value))
      keep(cell, value->value);
    else
      store(cell, value, range);
  }

  /// A constant, to be stored later.
  void keep(ir::Cell cell, int value) {
    const auto known = after_.known.find(cell);
    const bool is_same = known != after_.known.end() && known->second == value;
    if (is_same) return;
    after_.changed.insert(cell);
    after_.known[cell] = value;
    const Instruction now = assignment(layout_.field(cell), value);
    Pending& pending = pending_[now.word];
    pending.mask |= now.mask;
    pending.value = (pending.value & ~now.mask) | now.value;
  }

  void flush() {
    for (const auto& [word, pending] : pending_) {
      if (pending.mask == 0) continue;
      code_.add({.code = Code::assign, .word = word, .mask = pending.mask, .value = pending.value});
    }
    pending_.clear();
  }

  [[nodiscard]] After finish() { return std::move(after_); }
  [[nodiscard]] bool is_possible() const { return after_.is_possible; }

 private:
  struct Pending {
    Word mask = 0;
    Word value = 0;
  };

  void forget(ir::Cell cell) {
    after_.changed.insert(cell);
    after_.known.erase(cell);
  }

  void lower(const ExpressionPtr& value, const ir::Range& range, int into) {
    lower_value(code_, layout_, value, into);
    if (range.contains(value->range)) return;
    code_.add({.code = Code::test_register_range,
               .a = static_cast<std::uint8_t>(into),
               .mask = static_cast<Word>(range.low),
               .value = static_cast<Word>(range.high)},
              out_of_range_);
  }

  void store(ir::Cell cell, const ExpressionPtr& value, const ir::Range& range) {
    if (has_open_index(value)) flush();
    const Field& field = layout_.field(cell);
    store_in(field, value, range);
    if (const auto pending = pending_.find(field.word); pending != pending_.end()) {
      const Word mask = field.mask() << field.shift;
      pending->second.mask &= ~mask;
      pending->second.value &= ~mask;
    }
    forget(cell);
  }

  void store_in(const Field& field, const ExpressionPtr& value, const ir::Range& range) {
    if (ir::is_constant(value)) {
      if (range.contains(value->value))
        code_.add(assignment(field, value->value));
      else
        code_.add({.code = Code::jump}, out_of_range_);
    } else if (const auto from = sole_cell(value, layout_, 256)) {
      code_.add(mapping(field, *from, value, range), out_of_range_);
    } else if (const auto choice = first_choice(value)) {
      const Mark otherwise = code_.mark();
      const Mark done = code_.mark();
      lower_condition(code_, layout_, choice, true, otherwise);
      store_in(field, decided(value, choice, true, layout_.ranges()), range);
      code_.add({.code = Code::jump}, done);
      code_.place(otherwise);
      store_in(field, decided(value, choice, false, layout_.ranges()), range);
      code_.place(done);
    } else {
      lower(value, range, 0);
      Instruction store = on_field(Code::store, field);
      store.value = static_cast<Word>(std::int64_t{field.low});
      code_.add(store);
    }
  }

  static Instruction assignment(const Field& field, int value) {
    Instruction assign = on_field(Code::assign, field);
    assign.mask = field.mask() << field.shift;
    assign.value = static_cast<Word>(std::int64_t{value} - field.low) << field.shift;
    return assign;
  }

  Instruction
  mapping(const Field& field, ir::Cell from, const ExpressionPtr& value, const ir::Range& range) {
    std::vector<std::int64_t> codes;
    for (const auto v : values_by_cell(value, from, layout_))
      codes.push_back(range.contains(v) ? v - field.low : nowhere);
    const Field& source = layout_.field(from);
    Instruction map = on_field(Code::map, field);
    map.a = source.word;
    map.b = source.shift;
    map.value = source.mask();
    map.other = code_.table(codes);
    return map;
  }

  /// The index is known at run time only.
  void store_somewhere(ir::VariableId variable,
                       const ExpressionPtr& index,
                       const ExpressionPtr& value,
                       const ir::Range& range) {
    flush();
    lower(value, range, 0);
    lower_value(code_, layout_, index, 1);
    if (const auto row = layout_.row(variable)) {
      Instruction store = on_field(Code::store_row, row->first);
      store.b = row->stride;
      store.c = 1;
      store.value = static_cast<Word>(std::int64_t{row->first.low});
      code_.add(store);
    } else {
      Instruction store{.code = Code::store_cell, .c = 1};
      store.other = code_.table(layout_.fields(variable));
      code_.add(store);
    }
    for (auto cell = index->range.low; cell <= index->range.high; ++cell)
      forget({variable, static_cast<int>(cell)});
  }

  Assembler& code_;
  const Layout& layout_;
  const ir::Model& model_;
  Mark out_of_range_;
  After after_;
  std::map<std::uint8_t, Pending> pending_; ///< By word. What is pending is known.
};

} // namespace

After lower_effects(Assembler& code,
                    const Layout& layout,
                    const ir::Model& model,
                    const ir::Process& process,
                    const ir::Alternative& alternative,
                    const Known& known,
                    Mark out_of_range) {
  Effects effects(code, layout, model, known, out_of_range);
  for (const ir::Effect& effect : alternative.effects) {
    effects.run(effect);
    if (!effects.is_possible()) return effects.finish();
  }
  effects.keep({process.location, 0}, alternative.next);
  effects.flush();
  return effects.finish();
}

} // namespace stalemate
