#include "checker/reduce/facts.hpp"

#include "checker/program/footprint.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace stalemate {

namespace {

/// One of them is the negation of the other, as ir::combine() writes it.
bool are_opposite(const ir::Expression& a, const ir::Expression& b) {
  const auto is_negation = [](const ir::Expression& one, const ir::Expression& other) {
    const auto have_same = [&](std::size_t left, std::size_t right) {
      return is_same(*one.operands[0], *other.operands[left]) &&
             is_same(*one.operands[1], *other.operands[right]);
    };
    switch (one.op) {
    case ir::Op::invert:
      return is_same(*one.operands[0], other);
    case ir::Op::not_equal:
      return other.op == ir::Op::equal && have_same(0, 1);
    case ir::Op::less:
      return other.op == ir::Op::less_equal && have_same(1, 0);
    default:
      return false;
    }
  };
  return is_negation(a, b) || is_negation(b, a);
}

/// Keeps what both know.
void meet(Known& known, const Known& other) {
  std::erase_if(known, [&](const auto& fact) {
    const auto found = other.find(fact.first);
    return found == other.end() || found->second != fact.second;
  });
}

/// More values than that are too many to tell spots apart by.
constexpr std::int64_t index_values_max = 8;
constexpr std::size_t spots_per_step_max = 32;

ir::Range cells_of(const ir::Effect& effect, const Known& known, const Ranges& ranges) {
  return effect.index ? simplify(effect.index, known, ranges)->range : ir::Range{0, 0};
}

void add_indexes(const ir::ExpressionPtr& e, std::set<ir::Cell>& cells) {
  if (!e) return;
  if (e->op == ir::Op::load && !e->operands.empty()) add_cells(e->operands[0], cells);
  for (const auto& operand : e->operands)
    add_indexes(operand, cells);
}

} // namespace

bool is_impossible(const ir::Alternative& alternative, const Known& known, const Ranges& ranges) {
  // All of this must be true.
  std::vector<ir::ExpressionPtr> needed{alternative.guard};
  for (const ir::Wait& wait : alternative.waits)
    needed.push_back(wait.until);
  for (const ir::Check& check : alternative.checks)
    needed.push_back(check.holds);
  for (ir::ExpressionPtr& one : needed) {
    one = simplify(one, known, ranges);
    if (ir::is_constant(one, 0)) return true;
  }
  // A lock that a process waits for unless it breaks the order of locks, which is checked.
  for (std::size_t i = 0; i < needed.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (are_opposite(*needed[i], *needed[k])) return true;
  return false;
}

bool apply(const ir::Effect& effect, Known& known, const Ranges& ranges) {
  const auto value = simplify(effect.value, known, ranges);
  const ir::Range indexes = cells_of(effect, known, ranges);
  const ir::Range possible = ranges.of(effect.variable, indexes);
  if (value->range.high < possible.low || possible.high < value->range.low) return false;
  for (auto i = indexes.low; i <= indexes.high; ++i)
    known.erase({effect.variable, static_cast<int>(i)});
  if (indexes.is_single() && ir::is_constant(value))
    known[{effect.variable, static_cast<int>(indexes.low)}] = value->value;
  return true;
}

Facts::Facts(const ir::Model& model, const Layout& layout)
    : model_(model), ranges_(layout.ranges()) {
  for (const ir::Process& process : model.processes) {
    auto& writers = writers_.emplace_back();
    for (const ir::Step& step : process.steps)
      for (const ir::Alternative& alternative : step.alternatives)
        for (const ir::Effect& effect : alternative.effects) {
          const ir::Range indexes = cells_of(effect, {}, ranges_);
          for (auto i = indexes.low; i <= indexes.high; ++i)
            writers[{effect.variable, static_cast<int>(i)}].push_back(&alternative);
        }
    writers[{process.location, 0}];
  }
  for (std::size_t p = 0; p < model.processes.size(); ++p)
    spots_.emplace_back(
        model.processes[p], indexes_of(model.processes[p], static_cast<int>(p)), layout);
  for (std::size_t p = 0; p < model.processes.size(); ++p)
    find(static_cast<int>(p));
}

std::vector<ir::Cell> Facts::indexes_of(const ir::Process& process, int number) const {
  std::set<ir::Cell> used;
  for (const ir::Step& step : process.steps) {
    for (const ir::Alternative& alternative : step.alternatives) {
      add_indexes(alternative.guard, used);
      for (const ir::Wait& wait : alternative.waits)
        add_indexes(wait.until, used);
      for (const ir::Effect& effect : alternative.effects) {
        add_indexes(effect.value, used);
        if (effect.index) add_cells(effect.index, used);
      }
    }
  }
  std::vector<ir::Cell> cells;
  std::size_t spots = 1;
  for (const ir::Cell& cell : used) {
    const ir::Range& range = ranges_.of(cell);
    const auto values = range.high - range.low + 1;
    if (values == 1 || values > index_values_max) continue;
    bool is_own = writers_[static_cast<std::size_t>(number)].contains(cell);
    for (std::size_t q = 0; q < writers_.size(); ++q)
      is_own = is_own && (q == static_cast<std::size_t>(number) || !writers_[q].contains(cell));
    if (!is_own || spots * static_cast<std::size_t>(values) > spots_per_step_max) continue;
    spots *= static_cast<std::size_t>(values);
    cells.push_back(cell);
  }
  return cells;
}

bool Facts::may_overwrite(std::size_t process, const ir::Cell& cell, int value) const {
  const auto found = writers_[process].find(cell);
  if (found == writers_[process].end()) return false;
  const Spots& spots = spots_[process];
  return std::ranges::any_of(found->second, [&](const ir::Alternative* alternative) {
    if (is_impossible(*alternative, {{cell, value}}, ranges_)) return false;
    // All spots of one step: what sets them apart is the same at each.
    for (std::size_t spot = 0; spot < spots.per_step(); ++spot) {
      Known known = spots.values(spot);
      known.erase({model_.processes[process].location, 0});
      known[cell] = value;
      if (may_write(*alternative, cell, known) && !is_impossible(*alternative, known, ranges_))
        return true;
    }
    return false;
  });
}

/// With what is known before the effects.
bool Facts::may_write(const ir::Alternative& alternative, const ir::Cell& cell, Known known) const {
  for (const ir::Effect& effect : alternative.effects) {
    if (effect.variable == cell.variable && cells_of(effect, known, ranges_).contains(cell.index))
      return true;
    if (!apply(effect, known, ranges_)) return false;
  }
  return false;
}

bool Facts::is_kept(int process, const ir::Cell& cell, int value) const {
  const auto [entry, is_new] = kept_.try_emplace({cell, value});
  std::vector<bool>& may_write = entry->second;
  if (is_new)
    for (std::size_t q = 0; q < writers_.size(); ++q)
      may_write.push_back(may_overwrite(q, cell, value));
  for (std::size_t q = 0; q < may_write.size(); ++q)
    if (q != static_cast<std::size_t>(process) && may_write[q]) return false;
  return true;
}

Facts::Change Facts::change(const ir::Alternative& alternative, const Known& known) const {
  Change change{known, {}};
  learn(simplify(alternative.guard, change.before, ranges_), true, change.before);
  for (const ir::Wait& wait : alternative.waits)
    learn(simplify(wait.until, change.before, ranges_), true, change.before);
  Known now = change.before;
  for (const ir::Effect& effect : alternative.effects)
    if (!apply(effect, now, ranges_)) return change;
  change.after = std::move(now);
  return change;
}

Facts::Change
Facts::change(int process, std::size_t spot, const ir::Alternative& alternative) const {
  return change(alternative, at(process, spot));
}

std::vector<std::size_t>
Facts::targets(int process, std::size_t spot, const ir::Alternative& alternative) const {
  const Change now = change(process, spot, alternative);
  if (!now.after) return {};
  return spots(process).with(static_cast<std::size_t>(alternative.next), *now.after);
}

void Facts::find(int process) {
  const ir::Process& p = model_.processes[static_cast<std::size_t>(process)];
  const Spots& spots = this->spots(process);
  std::vector<std::optional<Known>> known(spots.count());
  const ir::Valuation initial = ir::initial(model_);
  const std::size_t start = spots.at(initial);
  Known& first = known[start].emplace(spots.values(start));
  for (std::size_t v = 0; v < initial.size(); ++v)
    for (std::size_t i = 0; i < initial[v].size(); ++i) {
      const ir::Cell cell{static_cast<int>(v), static_cast<int>(i)};
      if (is_kept(process, cell, initial[v][i])) first[cell] = initial[v][i];
    }
  std::vector<std::size_t> open{start};
  while (!open.empty()) {
    const std::size_t spot = open.back();
    open.pop_back();
    if (spots.step(spot) == p.steps.size()) continue;
    for (const ir::Alternative& alternative : p.steps[spots.step(spot)].alternatives) {
      if (is_impossible(alternative, *known[spot], ranges_)) continue;
      std::optional<Known> after = change(alternative, *known[spot]).after;
      if (!after) continue;
      Known& reached = *after;
      std::erase_if(reached,
                    [&](const auto& fact) { return !is_kept(process, fact.first, fact.second); });
      for (const std::size_t next :
           spots.with(static_cast<std::size_t>(alternative.next), reached)) {
        Known there = spots.values(next);
        there.insert(reached.begin(), reached.end());
        there[{p.location, 0}] = alternative.next;
        auto& target = known[next];
        if (!target) {
          target = std::move(there);
        } else {
          const std::size_t before = target->size();
          meet(*target, there);
          if (target->size() == before) continue;
        }
        open.push_back(next);
      }
    }
  }
  auto& facts = facts_.emplace_back();
  for (auto& one : known)
    facts.push_back(one ? std::move(*one) : Known());
}

} // namespace stalemate
