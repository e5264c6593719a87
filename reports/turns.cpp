#include "reports/turns.hpp"

#include "reports/words.hpp"

#include <algorithm>
#include <optional>

namespace stalemate::report {

namespace {

constexpr std::size_t turns_max = 3;

/// Can a process that stands at `from` end, or come to rest, without ever taking step `avoided`?
bool can_avoid(const ir::Process& process, int from, int avoided) {
  std::set<int> met;
  std::vector<int> todo{from};
  while (!todo.empty()) {
    const int here = todo.back();
    todo.pop_back();
    if (here == avoided || !met.insert(here).second) continue;
    if (here == process.finished() || process.steps[slot(here)].idle) return true;
    for (const ir::Alternative& way : process.steps[slot(here)].alternatives)
      todo.push_back(way.next);
  }
  return false;
}

class Turns {
 public:
  Turns(const ir::Model& model, const Trace& trace, const Acts& acts)
      : model_(model), trace_(trace), acts_(acts) {}

  /// The last test before the step.
  void add_last(int used) {
    for (int i = used - 1; i >= 0; --i) {
      if (acts_.process(i) != acts_.process(used) || !leads(i, used)) continue;
      for (const Seen& seen : trace_.steps[slot(i)].seen)
        if (is_shared(seen.cell)) add({i, used, seen.cell, seen.value});
      if (!turns_.empty()) return;
    }
  }

  /// Tests on the way to the step that would come out differently by then. Of a step that was taken
  /// again only the last time counts.
  void add_outdated(int used) {
    std::set<int> taken;
    for (int i = used - 1; i >= 0; --i) {
      if (acts_.process(i) != acts_.process(used)) continue;
      const bool is_last_time = taken.insert(trace_.steps[slot(i)].step).second;
      if (!is_last_time || !leads(i, used)) continue;
      for (const Seen& seen : trace_.steps[slot(i)].seen) {
        const int now = acts_.value(seen.cell, used);
        const int changed = acts_.writer(seen.cell, used);
        const bool is_by_others = changed > i && acts_.process(changed) != acts_.process(used);
        if (is_shared(seen.cell) && now != seen.value && is_by_others)
          add({i, used, seen.cell, seen.value, changed, now});
      }
    }
  }

  [[nodiscard]] std::vector<Turn> found(const std::vector<Stale>& stale) && {
    std::erase_if(turns_, [&](const Turn& turn) {
      return std::ranges::any_of(stale, [&](const Stale& s) { return s.cell == turn.cell; });
    });
    std::ranges::stable_sort(turns_, {}, &Turn::tested);
    if (turns_.size() > turns_max)
      turns_.erase(turns_.begin(), turns_.end() - static_cast<std::ptrdiff_t>(turns_max));
    return std::move(turns_);
  }

 private:
  void add(const Turn& turn) {
    const auto known = std::ranges::find_if(turns_, [&](const Turn& other) {
      return other.tested == turn.tested && other.cell == turn.cell;
    });
    if (known == turns_.end())
      turns_.push_back(turn);
    else if (known->changed < 0)
      *known = turn;
  }

  [[nodiscard]] bool is_shared(const ir::Cell& cell) const {
    const ir::Variable& variable = model_.variables[slot(cell.variable)];
    return variable.owner == ir::shared && variable.kind != ir::Kind::holder &&
           !variable.name.ends_with(".shared");
  }

  /// Would another way out of the step have led elsewhere? In an execution, which has one way only,
  /// whatever was seen has led there.
  [[nodiscard]] bool leads(int tested, int used) const {
    const TraceStep& test = trace_.steps[slot(tested)];
    const ir::Process& process = model_.processes[slot(test.process)];
    const auto& ways = process.steps[slot(test.step)].alternatives;
    if (ways.size() == 1) return true;
    for (std::size_t way = 0; way < ways.size(); ++way)
      if (way != slot(test.alternative) &&
          can_avoid(process, ways[way].next, trace_.steps[slot(used)].step))
        return true;
    return false;
  }

  const ir::Model& model_;
  const Trace& trace_;
  const Acts& acts_;
  std::vector<Turn> turns_;
};

/// The shared variable of which this one, of the process, is an old value; if it is.
std::optional<ir::Cell> original(const ir::Model& model, const ir::Cell& copy) {
  const ir::Variable& variable = model.variables[slot(copy.variable)];
  if (variable.owner < 0) return std::nullopt;
  const std::string prefix = process_of(model, variable.owner).name + ".";
  if (!variable.name.starts_with(prefix)) return std::nullopt;
  const auto shared = std::ranges::find_if(model.variables, [&](const ir::Variable& other) {
    return other.owner == ir::shared && prefix + other.name == variable.name &&
           other.shape == variable.shape;
  });
  if (shared == model.variables.end()) return std::nullopt;
  return ir::Cell{static_cast<int>(shared - model.variables.begin()), copy.index};
}

} // namespace

std::vector<Turn> turns(const ir::Model& model,
                        const Trace& trace,
                        const Acts& acts,
                        const std::set<int>& relevant,
                        int harm,
                        const std::vector<Stale>& stale) {
  Turns found(model, trace, acts);
  std::set<int> told;
  for (auto step = relevant.rbegin(); step != relevant.rend(); ++step)
    if (*step <= harm && told.insert(acts.process(*step)).second) found.add_outdated(*step);
  if (stale.empty()) found.add_last(harm);
  return std::move(found).found(stale);
}

std::vector<OldLoad> old_loads(const ir::Model& model, const Acts& acts) {
  std::vector<OldLoad> loads;
  for (int used = 0; used < acts.size(); ++used)
    for (const Write& write : acts.at(used).writes) {
      const auto cell = write.reads.empty() ? original(model, write.cell) : std::nullopt;
      if (!cell) continue;
      const int before = acts.value(write.cell, used + 1);
      const int changed = acts.writer(*cell, used);
      if (changed < 0 || acts.value(*cell, used) == before) continue;
      int stored = changed - 1;
      while (stored >= 0 &&
             (acts.value(*cell, stored + 1) != before || acts.writer(*cell, stored + 1) != stored))
        --stored;
      loads.push_back({stored, changed, used, *cell, before, acts.value(*cell, used)});
    }
  return loads;
}

} // namespace stalemate::report
