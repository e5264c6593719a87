#include "checker/reduce/still_equal.hpp"

#include "checker/program/footprint.hpp"
#include "checker/reduce/dead_cells.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace stalemate {

namespace {

using ir::ExpressionPtr;
using ir::Op;

using Variables = std::set<ir::VariableId>;

bool is_comparison(const ExpressionPtr& e) {
  return e->op == Op::equal || e->op == Op::not_equal;
}

bool is_load(const ExpressionPtr& e, ir::VariableId variable) {
  return e->op == Op::load && e->value == variable;
}

/// What the expression is a copy of: what it loads, whatever its selects decide.
void add_copied(const ExpressionPtr& e, Variables& variables) {
  if (e->op == Op::load) variables.insert(e->value);
  if (e->op != Op::select) return;
  add_copied(e->operands[1], variables);
  add_copied(e->operands[2], variables);
}

template <typename Visit>
void for_each_effect(ir::Model& model, Visit visit) {
  for (ir::Process& process : model.processes)
    for (ir::Step& step : process.steps)
      for (ir::Alternative& alternative : step.alternatives)
        for (ir::Effect& effect : alternative.effects)
          visit(effect);
}

/// Every expression of the model, but for the values of effects.
template <typename Visit>
void for_each_expression(ir::Model& model, Visit visit) {
  const auto visit_all = [&](std::vector<ExpressionPtr>& all) {
    for (ExpressionPtr& e : all)
      visit(e);
  };
  for (ir::Property& property : model.properties) {
    for (ir::Part& part : property.parts) {
      visit(part.holds);
      visit_all(part.values);
    }
    if (property.cause) visit(property.cause);
    if (property.goal) visit(property.goal);
  }
  for (ir::Process& process : model.processes) {
    for (ir::Step& step : process.steps) {
      for (ir::Alternative& alternative : step.alternatives) {
        visit(alternative.guard);
        for (ir::Wait& wait : alternative.waits) {
          visit(wait.until);
          if (wait.place) visit(wait.place);
          visit_all(wait.holders);
        }
        for (ir::Check& check : alternative.checks)
          visit(check.holds);
        for (ir::Effect& effect : alternative.effects)
          if (effect.index) visit(effect.index);
      }
    }
  }
}

/// The model without a memory of how its expressions were written: what a variable means changes.
ir::Model as_folded(ir::Model model) {
  for_each_expression(model, [](ExpressionPtr& e) { e = ir::as_folded(e); });
  for_each_effect(model, [](ir::Effect& effect) { effect.value = ir::as_folded(effect.value); });
  return model;
}

/// The counter and everything that could be a copy of it: what it is compared with, what is
/// assigned a copy, and what such a thing is assigned itself.
Variables family_of(ir::Model& model, ir::VariableId counter) {
  Variables family{counter};
  const auto find_compared = [&](const auto& find, const ExpressionPtr& e) -> void {
    if (is_comparison(e))
      for (const std::size_t side : {0u, 1u})
        if (is_load(e->operands[side], counter)) add_copied(e->operands[1 - side], family);
    for (const auto& operand : e->operands)
      find(find, operand);
  };
  for_each_expression(model, [&](const ExpressionPtr& e) { find_compared(find_compared, e); });
  for_each_effect(model,
                  [&](const ir::Effect& effect) { find_compared(find_compared, effect.value); });

  for (std::size_t before = 0; before != family.size();) {
    before = family.size();
    for_each_effect(model, [&](const ir::Effect& effect) {
      Variables copied;
      add_copied(effect.value, copied);
      const bool is_copy =
          std::ranges::any_of(copied, [&](ir::VariableId v) { return family.contains(v); });
      if (is_copy) family.insert(effect.variable);
      if (family.contains(effect.variable)) family.merge(copied);
    });
  }
  return family;
}

/// Rewrites a model to do without one counter. Whether that can be done shows on the way.
class Rewriting {
 public:
  Rewriting(const ir::Model& model, ir::VariableId counter)
      : model_(as_folded(model)), dead_(find_dead_cells(model)), counter_(counter),
        family_(family_of(model_, counter)) {}

  std::optional<ir::Model> run() && {
    if (!can_be_copies()) return std::nullopt;
    for_each_expression(model_, [&](ExpressionPtr& e) { e = rewritten(e); });
    for (std::size_t p = 0; p < model_.processes.size(); ++p) {
      auto& steps = model_.processes[p].steps;
      for (std::size_t s = 0; s < steps.size(); ++s)
        for (std::size_t a = 0; a < steps[s].alternatives.size(); ++a)
          rewrite(steps[s].alternatives[a].effects, dead_.after[p][s][a]);
    }
    declare_flags();
    if (!asks_for_first_) forget_counter();
    return fits_ ? std::optional(std::move(model_)) : std::nullopt;
  }

 private:
  [[nodiscard]] const ir::Variable& variable(ir::VariableId id) const {
    return model_.variables[static_cast<std::size_t>(id)];
  }
  [[nodiscard]] int first_value() const { return variable(counter_).initial[0]; }

  ExpressionPtr refused() {
    fits_ = false;
    return ir::constant(0);
  }

  /// Copies can hold what the counter can, and hold nothing yet that it may still come to.
  [[nodiscard]] bool can_be_copies() const {
    const ir::Range range = variable(counter_).range;
    return std::ranges::all_of(family_, [&](ir::VariableId id) {
      const ir::Variable& one = variable(id);
      return one.kind == ir::Kind::number && one.range.contains(range) &&
             std::ranges::all_of(one.initial, [&](int v) { return v <= first_value(); });
    });
  }

  static ExpressionPtr flag(ir::VariableId id, const ExpressionPtr& index) {
    return ir::load(id, {0, 1}, index);
  }

  /// "Is it still the first value?" is all that is left of the counter, if anybody asks.
  ExpressionPtr is_first() {
    asks_for_first_ = true;
    return flag(counter_, nullptr);
  }

  /// True where what the expression copies equals the counter.
  ExpressionPtr still_equal(const ExpressionPtr& e) {
    if (is_load(e, counter_)) return ir::constant(1);
    if (ir::is_constant(e)) {
      if (e->value > first_value()) return refused(); // It may come to that.
      return e->value == first_value() ? is_first() : ir::constant(0);
    }
    if (e->op == Op::select)
      return ir::fold(
          Op::select,
          {rewritten(e->operands[0]), still_equal(e->operands[1]), still_equal(e->operands[2])});
    if (e->op != Op::load || !family_.contains(e->value)) return refused();
    return flag(e->value, e->operands.empty() ? nullptr : rewritten(e->operands[0]));
  }

  /// The expression without the counter and its copies.
  ExpressionPtr rewritten(const ExpressionPtr& e) {
    if (is_comparison(e))
      for (const std::size_t side : {0u, 1u})
        if (is_load(e->operands[side], counter_)) {
          const ExpressionPtr same = still_equal(e->operands[1 - side]);
          return e->op == Op::equal ? same : ir::fold(Op::invert, {same});
        }
    if (e->op == Op::load && family_.contains(e->value)) return refused();
    std::vector<ExpressionPtr> operands;
    for (const auto& operand : e->operands)
      operands.push_back(rewritten(operand));
    if (operands == e->operands) return e;
    if (e->op == Op::load) return ir::load(e->value, e->range, operands[0]);
    return ir::fold(e->op, std::move(operands));
  }

  /// True where the value, which is assigned to the counter, is more than the counter.
  ExpressionPtr grows(const ExpressionPtr& e) {
    if (is_load(e, counter_)) return ir::constant(0);
    if (e->op == Op::select)
      return ir::fold(Op::select,
                      {rewritten(e->operands[0]), grows(e->operands[1]), grows(e->operands[2])});
    if (e->op != Op::add) return refused();
    const std::size_t side = reads_counter(e->operands[0]) ? 0 : 1;
    const ExpressionPtr more = rewritten(e->operands[1 - side]);
    if (more->range.low < 0) return refused();
    return ir::fold(Op::either,
                    {grows(e->operands[side]), ir::fold(Op::less, {ir::constant(0), more})});
  }

  [[nodiscard]] bool reads_counter(const ExpressionPtr& e) const {
    return is_load(e, counter_) || std::ranges::any_of(e->operands, [&](const auto& operand) {
             return reads_counter(operand);
           });
  }

  /// Flags go out one after the other, so that none may decide whether they do.
  [[nodiscard]] bool is_decided_by_a_flag(const ExpressionPtr& e) const {
    std::set<ir::Cell> cells;
    add_cells(e, cells);
    return std::ranges::any_of(
        cells, [&](const ir::Cell& cell) { return family_.contains(cell.variable); });
  }

  void grow(const ir::Effect& effect, std::vector<ir::Effect>& now) {
    const ExpressionPtr has_grown = grows(effect.value);
    if (is_decided_by_a_flag(has_grown)) fits_ = false;
    const ExpressionPtr stays = ir::fold(Op::invert, {has_grown});
    for (const ir::VariableId id : family_)
      for (int i = 0; i < variable(id).cells(); ++i) {
        ir::Effect out = assignment(model_, {id, i}, 0);
        out.value = ir::fold(Op::both, {flag(id, out.index), stays});
        now.push_back(std::move(out));
      }
  }

  /// True if nobody reads what the first of the effects assigns: neither they nor those who come
  /// later.
  static bool is_in_vain(std::span<const ir::Effect> effects, const DeadCells::Cells& dead) {
    const ir::Effect& first = effects.front();
    if (first.index && !ir::is_constant(first.index)) return false;
    const ir::Cell cell{first.variable, first.index ? first.index->value : 0};
    std::set<ir::Cell> read;
    for (const ir::Effect& effect : effects.subspan(1)) {
      add_cells(effect.value, read);
      if (effect.index) add_cells(effect.index, read);
    }
    return dead.contains(cell) && !read.contains(cell);
  }

  /// A copy that is not needed is not equal: growth, which does not know, leaves it like that.
  void rewrite(std::vector<ir::Effect>& effects, const DeadCells::Cells& dead) {
    std::vector<ir::Effect> now;
    for (std::size_t i = 0; i < effects.size(); ++i) {
      ir::Effect& effect = effects[i];
      if (effect.variable == counter_)
        grow(effect, now);
      else if (!family_.contains(effect.variable))
        now.push_back({effect.variable, effect.index, rewritten(effect.value)});
      else if (!is_in_vain(std::span(effects).subspan(i), dead))
        now.push_back({effect.variable, effect.index, still_equal(effect.value)});
    }
    for (const ir::Cell& cell : dead)
      if (family_.contains(cell.variable)) now.push_back(assignment(model_, cell, 0));
    effects = std::move(now);
  }

  void declare_flags() {
    const int first = first_value();
    for (const ir::VariableId id : family_) {
      ir::Variable& flag = model_.variables[static_cast<std::size_t>(id)];
      flag.kind = ir::Kind::boolean;
      flag.range = {0, 1};
      flag.owner = ir::shared; // Whoever lets the counter grow puts it out.
      flag.endless = false;
      for (int& value : flag.initial)
        value = value == first ? 1 : 0;
    }
    for (const auto& cells : dead_.at_first)
      for (const ir::Cell& cell : cells)
        if (family_.contains(cell.variable))
          model_.variables[static_cast<std::size_t>(cell.variable)]
              .initial[static_cast<std::size_t>(cell.index)] = 0;
  }

  /// Nobody asks for it: it stays what it is. What had effects keeps one, see is_progress().
  void forget_counter() {
    for_each_effect(model_, [&](ir::Effect& effect) {
      if (effect.variable == counter_) effect.value = flag(counter_, nullptr);
    });
  }

  ir::Model model_;
  DeadCells dead_;
  ir::VariableId counter_;
  Variables family_;
  bool fits_ = true;
  bool asks_for_first_ = false;
};

} // namespace

ir::Model without_counters(ir::Model model) {
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    const ir::Variable& counter = model.variables[v];
    if (!counter.endless || counter.ghost || !counter.shape.empty()) continue;
    if (auto shorter = Rewriting(model, static_cast<int>(v)).run()) model = std::move(*shorter);
  }
  return model;
}

} // namespace stalemate
