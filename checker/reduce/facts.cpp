#include "checker/reduce/facts.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace stalemate {

namespace {

bool is_never(const ir::ExpressionPtr& e, const Known& known, const Ranges& ranges) {
  const auto now = simplify(e, known, ranges);
  return ir::is_constant(now, 0);
}

/// Keeps what both know.
void meet(Known& known, const Known& other) {
  std::erase_if(known, [&](const auto& fact) {
    const auto found = other.find(fact.first);
    return found == other.end() || found->second != fact.second;
  });
}

ir::Range indexes_of(const ir::Effect& effect, const Known& known, const Ranges& ranges) {
  return effect.index ? simplify(effect.index, known, ranges)->range : ir::Range{0, 0};
}

} // namespace

bool is_impossible(const ir::Alternative& alternative, const Known& known, const Ranges& ranges) {
  return is_never(alternative.guard, known, ranges) ||
         std::ranges::any_of(alternative.waits, [&](const ir::Wait& wait) {
           return is_never(wait.until, known, ranges);
         });
}

Facts::Facts(const ir::Model& model, const Ranges& ranges) : model_(model), ranges_(ranges) {
  for (const ir::Process& process : model.processes) {
    auto& writers = writers_.emplace_back();
    for (const ir::Step& step : process.steps)
      for (const ir::Alternative& alternative : step.alternatives)
        for (const ir::Effect& effect : alternative.effects) {
          const ir::Range indexes = indexes_of(effect, {}, ranges);
          for (auto i = indexes.low; i <= indexes.high; ++i)
            writers[{effect.variable, static_cast<int>(i)}].push_back(&alternative);
        }
    writers[{process.location, 0}];
  }
  for (std::size_t p = 0; p < model.processes.size(); ++p)
    find(static_cast<int>(p));
}

bool Facts::is_kept(int process, const ir::Cell& cell, int value) const {
  for (std::size_t q = 0; q < writers_.size(); ++q) {
    if (q == static_cast<std::size_t>(process)) continue;
    const auto found = writers_[q].find(cell);
    if (found == writers_[q].end()) continue;
    const Known known{{cell, value}};
    for (const ir::Alternative* alternative : found->second)
      if (!is_impossible(*alternative, known, ranges_)) return false;
  }
  return true;
}

Facts::Change Facts::change(const ir::Alternative& alternative, const Known& known) const {
  Change change{known, {}};
  learn(simplify(alternative.guard, change.before, ranges_), true, change.before);
  for (const ir::Wait& wait : alternative.waits)
    learn(simplify(wait.until, change.before, ranges_), true, change.before);
  Known& now = change.after;
  now = change.before;
  for (const ir::Effect& effect : alternative.effects) {
    const auto value = simplify(effect.value, now, ranges_);
    const ir::Range indexes = indexes_of(effect, now, ranges_);
    for (auto i = indexes.low; i <= indexes.high; ++i)
      now.erase({effect.variable, static_cast<int>(i)});
    if (indexes.is_single() && ir::is_constant(value))
      now[{effect.variable, static_cast<int>(indexes.low)}] = value->value;
  }
  return change;
}

Facts::Change Facts::change(int process, int step, const ir::Alternative& alternative) const {
  return change(alternative, at(process, step));
}

void Facts::find(int process) {
  const ir::Process& p = model_.processes[static_cast<std::size_t>(process)];
  std::vector<std::optional<Known>> known(p.steps.size() + 1);
  Known& first = known[0].emplace();
  for (std::size_t v = 0; v < model_.variables.size(); ++v)
    for (int i = 0; i < model_.variables[v].cells(); ++i) {
      const ir::Cell cell{static_cast<int>(v), i};
      const int value = model_.variables[v].initial[static_cast<std::size_t>(i)];
      if (is_kept(process, cell, value)) first[cell] = value;
    }
  std::vector<std::size_t> open{0};
  while (!open.empty()) {
    const std::size_t s = open.back();
    open.pop_back();
    if (s == p.steps.size()) continue;
    for (const ir::Alternative& alternative : p.steps[s].alternatives) {
      if (is_impossible(alternative, *known[s], ranges_)) continue;
      Known reached = change(alternative, *known[s]).after;
      reached[{p.location, 0}] = alternative.next;
      std::erase_if(reached,
                    [&](const auto& fact) { return !is_kept(process, fact.first, fact.second); });
      auto& target = known[static_cast<std::size_t>(alternative.next)];
      if (!target) {
        target = reached;
      } else {
        const std::size_t before = target->size();
        meet(*target, reached);
        if (target->size() == before) continue;
      }
      open.push_back(static_cast<std::size_t>(alternative.next));
    }
  }
  auto& facts = facts_.emplace_back();
  for (auto& one : known)
    facts.push_back(one ? std::move(*one) : Known());
}

} // namespace stalemate
