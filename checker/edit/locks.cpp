#include "checker/edit/locks.hpp"

#include "checker/edit/edit_error.hpp"
#include "checker/edit/find_steps.hpp"
#include "checker/ir/unheld_release.hpp"

#include <algorithm>

namespace stalemate::edit {

namespace {

using ir::ExpressionPtr;

const ir::Variable& variable(const ir::Model& model, ir::VariableId id) {
  return model.variables[static_cast<std::size_t>(id)];
}

ir::VariableId find_variable(const ir::Model& model, const std::string& name) {
  const auto at = std::ranges::find(model.variables, name, &ir::Variable::name);
  return at == model.variables.end() ? ir::none : static_cast<int>(at - model.variables.begin());
}

Lock lock_of(const ir::Model& model, ir::VariableId holder) {
  return {holder, find_variable(model, variable(model, holder).name + ".shared"), {}, nullptr};
}

/// Is the index that of the lock? Throws if that is not known.
bool is_cell(const Lock& lock, const ExpressionPtr& index) {
  if (!lock.cell || !index) return true;
  if (ir::is_constant(index)) return index->value == *lock.cell;
  if (!index->range.contains(*lock.cell)) return false;
  throw EditError("the step finds out which of these locks it takes as it runs; name all of them, "
                  "without an index");
}

/// Is it an effect on the lock, alone or, by this process, shared?
bool is_about(const ir::Effect& effect, const Lock& lock, int process) {
  if (effect.variable == lock.holder) return is_cell(lock, effect.index);
  return lock.readers != ir::none && effect.variable == lock.readers &&
         ir::is_constant(effect.index, process);
}

bool is_take(const ir::Effect& effect, const Lock& lock, int process) {
  const int value = effect.variable == lock.holder ? process + 1 : 1;
  return is_about(effect, lock, process) && ir::is_constant(effect.value, value);
}

bool is_release(const ir::Effect& effect, const Lock& lock, int process) {
  return is_about(effect, lock, process) && ir::is_constant(effect.value, 0);
}

bool is_wait_for(const ir::Wait& wait, const Lock& lock) {
  return wait.acquires && wait.place && wait.place->op == ir::Op::load &&
         wait.place->value == lock.holder &&
         is_cell(lock, wait.place->operands.empty() ? nullptr : wait.place->operands[0]);
}

bool reads(const ExpressionPtr& e, ir::VariableId id) {
  return (e->op == ir::Op::load && e->value == id) ||
         std::ranges::any_of(e->operands, [&](const auto& operand) { return reads(operand, id); });
}

/// The model's own claim that who gives the lock back has it.
bool claims_to_hold(const ir::Check& check, const Lock& lock) {
  return check.property == ir::none &&
         (reads(check.holds, lock.holder) ||
          (lock.readers != ir::none && reads(check.holds, lock.readers)));
}

ExpressionPtr cell_of(const ir::Model& model, ir::VariableId id, const ExpressionPtr& index) {
  return ir::load(id, variable(model, id).range, index);
}

ExpressionPtr index_of(const ir::Model& model, const Lock& lock) {
  if (variable(model, lock.holder).shape.empty()) return nullptr;
  if (lock.index) return lock.index;
  if (!lock.cell) throw EditError("this is an array of locks; name one of them");
  return ir::constant(*lock.cell);
}

} // namespace

std::vector<std::string> lock_names(const ir::Model& model) {
  std::vector<std::string> names;
  for (const ir::Variable& v : model.variables) {
    if (v.kind != ir::Kind::holder) continue;
    names.push_back(v.name);
    for (int c = 0; !v.shape.empty() && c < v.cells(); ++c)
      names.push_back(ir::cell_name(v, c));
  }
  return names;
}

Lock lock_named(const ir::Model& model, const std::string& name) {
  for (std::size_t i = 0; i < model.variables.size(); ++i) {
    const ir::Variable& v = model.variables[i];
    if (v.kind != ir::Kind::holder) continue;
    Lock lock = lock_of(model, static_cast<int>(i));
    if (v.name == name) return lock;
    for (int c = 0; !v.shape.empty() && c < v.cells(); ++c)
      if (ir::cell_name(v, c) == name) {
        lock.cell = c;
        return lock;
      }
  }
  throw UnknownName("lock", name, lock_names(model));
}

bool takes(const ir::Alternative& way, const Lock& lock, int process) {
  return std::ranges::any_of(way.effects,
                             [&](const auto& effect) { return is_take(effect, lock, process); });
}

bool releases(const ir::Alternative& way, const Lock& lock, int process) {
  return std::ranges::any_of(way.effects,
                             [&](const auto& effect) { return is_release(effect, lock, process); });
}

std::vector<Lock> locks_taken(const ir::Model& model, const ir::Alternative& way) {
  std::vector<Lock> locks;
  for (const ir::Wait& wait : way.waits)
    if (wait.acquires && wait.place && wait.place->op == ir::Op::load)
      locks.push_back(lock_of(model, wait.place->value));
  return locks;
}

void forget(ir::Alternative& way, const Lock& lock, int process) {
  const bool releases_it = releases(way, lock, process);
  std::erase_if(way.waits, [&](const ir::Wait& wait) { return is_wait_for(wait, lock); });
  std::erase_if(way.effects, [&](const ir::Effect& e) {
    return is_take(e, lock, process) || is_release(e, lock, process);
  });
  if (releases_it)
    std::erase_if(way.checks, [&](const ir::Check& c) { return claims_to_hold(c, lock); });
}

void release_if_held(const ir::Model& model, ir::Alternative& way, const Lock& lock, int process) {
  if (!releases(way, lock, process)) return;
  std::erase_if(way.checks, [&](const ir::Check& c) { return claims_to_hold(c, lock); });
  for (ir::Effect& effect : way.effects) {
    if (!is_release(effect, lock, process) || effect.variable != lock.holder) continue;
    const auto holder = cell_of(model, lock.holder, effect.index);
    const auto is_mine = ir::combine(ir::Op::equal, {holder, ir::constant(process + 1)});
    effect.value = ir::combine(ir::Op::select, {is_mine, ir::constant(0), holder});
  }
}

ir::Alternative taking(const ir::Model& model, const Lock& lock, bool shared, int process) {
  const ExpressionPtr index = index_of(model, lock);
  const ExpressionPtr holder = cell_of(model, lock.holder, index);
  if (shared && lock.readers == ir::none) throw EditError("this lock is never shared");

  ir::Wait wait;
  wait.until = ir::combine(ir::Op::equal, {holder, ir::constant(0)});
  wait.place = holder;
  wait.holders.push_back(holder);
  wait.acquires = true;
  const int readers = lock.readers == ir::none ? 0 : variable(model, lock.readers).cells();
  ExpressionPtr nobody_shares = ir::constant(1);
  for (int p = 0; !shared && p < readers; ++p) {
    const auto shares = cell_of(model, lock.readers, ir::constant(p));
    nobody_shares =
        ir::combine(ir::Op::both, {nobody_shares, ir::combine(ir::Op::invert, {shares})});
    wait.holders.push_back(
        ir::combine(ir::Op::select, {shares, ir::constant(p + 1), ir::constant(0)}));
  }
  if (!shared && readers > 0) wait.until = ir::combine(ir::Op::both, {wait.until, nobody_shares});
  ir::Alternative way;
  way.guard = ir::constant(1);
  way.waits.push_back(std::move(wait));
  if (shared)
    way.effects.push_back({lock.readers, ir::constant(process), ir::constant(1)});
  else
    way.effects.push_back({lock.holder, index, ir::constant(process + 1)});
  return way;
}

ir::Alternative releasing(const ir::Model& model, const Lock& lock, bool shared, int process) {
  const ExpressionPtr index = index_of(model, lock);
  ir::Alternative way;
  way.guard = ir::constant(1);
  const ExpressionPtr held =
      shared ? cell_of(model, lock.readers, ir::constant(process))
             : ir::combine(ir::Op::equal,
                           {cell_of(model, lock.holder, index), ir::constant(process + 1)});
  way.checks.push_back({held, ir::none, ir::unheld_release});
  if (shared)
    way.effects.push_back({lock.readers, ir::constant(process), ir::constant(0)});
  else
    way.effects.push_back({lock.holder, index, ir::constant(0)});
  return way;
}

} // namespace stalemate::edit
