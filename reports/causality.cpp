#include "reports/causality.hpp"

#include "reports/ending.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace stalemate::report {

namespace {

using ir::Cell;

/// One assignment that a step made, with everything that its value came from.
struct Write {
  Cell cell;
  std::vector<Cell> reads;
};

/// What a step did, in cells.
struct Act {
  int process = 0;
  std::vector<Cell> decided; ///< Read by the guard.
  std::vector<Cell> taken;   ///< Locks acquired.
  std::vector<Write> writes;
};

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

int& value_of(ir::Valuation& state, const Cell& cell) {
  return state[at(cell.variable)][at(cell.index)];
}

/// Cells that the expression read, where cells written by this very step stand for what went into
/// them.
std::vector<Cell>
sources(const ir::ExpressionPtr& e, const ir::Valuation& state, const std::vector<Write>& writes) {
  std::vector<Cell> result;
  if (!e) return result;
  for (const Cell& cell : ir::cells_read(*e, state)) {
    const auto own = std::find_if(
        writes.rbegin(), writes.rend(), [&](const Write& w) { return w.cell == cell; });
    if (own == writes.rend())
      result.push_back(cell);
    else
      result.insert(result.end(), own->reads.begin(), own->reads.end());
  }
  return result;
}

/// Runs the step's effects and notes who read what. Leaves the state after the step.
Act act(const ir::Model& model, const TraceStep& step, ir::Valuation& state) {
  const auto& from = model.processes[at(step.process)].steps[at(step.step)];
  const auto& way = from.alternatives[at(step.alternative)];
  Act result{step.process, ir::cells_read(*way.guard, state), {}, {}};
  for (const ir::Wait& wait : way.waits) {
    const auto read = ir::cells_read(*wait.until, state);
    auto& cells = wait.acquires ? result.taken : result.decided;
    cells.insert(cells.end(), read.begin(), read.end());
  }
  for (const ir::Effect& effect : way.effects) {
    const auto index = effect.index ? static_cast<int>(ir::evaluate(*effect.index, state)) : 0;
    Write write{{effect.variable, index}, sources(effect.value, state, result.writes)};
    const auto by_index = sources(effect.index, state, result.writes);
    write.reads.insert(write.reads.end(), by_index.begin(), by_index.end());
    value_of(state, write.cell) = static_cast<int>(ir::evaluate(*effect.value, state));
    result.writes.push_back(std::move(write));
  }
  return result;
}

/// Walks a trace backwards and collects what matters.
class Walk {
 public:
  Walk(const ir::Model& model, const Trace& trace) : model_(model) {
    auto state = trace.initial;
    states_.push_back(state);
    for (const TraceStep& step : trace.steps) {
      acts_.push_back(act(model, step, state));
      states_.push_back(state);
    }
  }

  Causality run(const Trace& trace) {
    const int end = static_cast<int>(acts_.size());
    harm_ = end;
    const bool is_broken_at_end = trace.verdict == Verdict::violated ||
                                  trace.verdict == Verdict::latent ||
                                  trace.verdict == Verdict::model_error;
    if (is_broken_at_end && !trace.stops && end > 0) {
      const int reader = is_read_after(trace) ? end : end - 1;
      harm_ = harm_done(trace);
      for (const Seen& s : trace.values)
        follow(s.cell, reader);
      follow_decisions(end - 1);
      note_overlooked(trace);
    }
    // In a loop everything matters: what one does in it makes the other go round again.
    for (int i = static_cast<int>(trace.loop.value_or(acts_.size())); i < end; ++i)
      follow_decisions(i);
    for (const Blocked& b : trace.blocked)
      follow_blocked(b);
    add_locks();
    return {reduced(), last_uses()};
  }

 private:
  /// An invariant, or what was looked for, reads the state after the last step; an assertion is
  /// part of that step.
  [[nodiscard]] bool is_read_after(const Trace& trace) const {
    if (trace.property < 0) return false;
    const ir::PropertyKind kind = model_.properties[at(trace.property)].kind;
    return kind == ir::PropertyKind::invariant || kind == ir::PropertyKind::reachable;
  }

  /// What keeps a process waiting at the end.
  void follow_blocked(const Blocked& blocked) {
    const int end = static_cast<int>(acts_.size());
    for (const ir::Cell& cell : waited_for(model_, blocked, states_.back()))
      follow(cell, end);
    for (int i = end - 1; i >= 0; --i)
      if (process(i) == blocked.process) return follow_decisions(i);
  }

  /// The last step before `before` that wrote the cell; -1 if it has its initial value. To write
  /// the value that is there already is nothing that others could see; to sample it again is.
  [[nodiscard]] int writer(const Cell& cell, int before) const {
    const bool is_private = model_.variables[at(cell.variable)].owner != ir::shared;
    for (int i = before - 1; i >= 0; --i) {
      if (!is_private && value(cell, i) == value(cell, i + 1)) continue;
      for (const Write& w : acts_[at(i)].writes)
        if (w.cell == cell) return i;
    }
    return -1;
  }

  /// The cell was read by step `reader`, or by the claim after the last step.
  void follow(const Cell& cell, int reader) {
    if (!followed_.insert({cell, reader}).second) return;
    const int source = writer(cell, reader);
    if (source < 0) return;
    const bool is_claim = reader == static_cast<int>(acts_.size());
    if (!is_claim && process(source) != process(reader)) links_.push_back({source, reader, cell});
    follow_decisions(source);
    for (const Write& w : acts_[at(source)].writes) {
      if (w.cell != cell) continue;
      for (const Cell& read : w.reads) {
        follow(read, source);
        if (!is_claim) note_stale(read, cell, source, reader);
      }
    }
  }

  /// A process is where it is because of everything that it decided before.
  void follow_decisions(int step) {
    for (int i = step; i >= 0; --i) {
      if (process(i) != process(step)) continue;
      if (!relevant_.insert(i).second) return;
      for (const Cell& cell : acts_[at(i)].decided)
        follow(cell, i);
    }
  }

  /// The step by which the refused value is there; what comes later did no harm.
  [[nodiscard]] int harm_done(const Trace& trace) const {
    const int end = static_cast<int>(acts_.size());
    int done = -1;
    for (const Contradiction& c : contradictions(model_, trace))
      done = std::max(done, writer(c.cell, end));
    return done >= 0 ? done : end - 1;
  }

  [[nodiscard]] int value(const Cell& cell, int moment) const {
    return states_[at(moment)][at(cell.variable)][at(cell.index)];
  }

  [[nodiscard]] bool decides_by(int step, const Cell& cell) const {
    const auto& decided = acts_[at(step)].decided;
    return std::ranges::find(decided, cell) != decided.end();
  }

  /// A step that reads the cell itself compares its copy with it, and does not trust it.
  void note_stale(const Cell& cell, const Cell& copy, int sampled, int used) {
    if (used > harm_ || decides_by(used, cell)) return;
    const int owner = model_.variables[at(copy.variable)].owner;
    if (owner == process(used) && owner == process(sampled)) add_stale(cell, copy, sampled, used);
  }

  void add_stale(const Cell& cell, std::optional<Cell> copy, int sampled, int used) {
    const auto& variable = model_.variables[at(cell.variable)];
    if (variable.owner != ir::shared || variable.kind == ir::Kind::holder) return;
    if (value(cell, used) == value(cell, sampled)) return;
    int changed = used - 1;
    while (value(cell, changed) == value(cell, used))
      --changed;
    if (process(changed) != process(used))
      stale_.push_back(
          {sampled, changed, used, copy, cell, value(cell, sampled), value(cell, used)});
  }

  /// The claim read a cell by which a process had decided, before it wrote what the claim read too:
  /// did the decision still stand?
  void note_overlooked(const Trace& trace) {
    for (const Seen& written : trace.values) {
      const int used = writer(written.cell, static_cast<int>(acts_.size()));
      const auto& variable = model_.variables[at(written.cell.variable)];
      if (used < 0 || variable.ghost || variable.kind == ir::Kind::holder) continue;
      for (const Seen& seen : trace.values) {
        int sampled = used;
        while (sampled >= 0 &&
               (process(sampled) != process(used) || !decides_by(sampled, seen.cell)))
          --sampled;
        if (sampled >= 0 && sampled < used) add_stale(seen.cell, {}, sampled, used);
      }
    }
  }

  /// Lock hand-overs, where no link says already that the target's process follows the source.
  void add_locks() {
    std::vector<Link> locks;
    for (const int target : relevant_)
      for (const Cell& lock : acts_[at(target)].taken) {
        const int source = writer(lock, target);
        if (source < 0 || process(source) == process(target)) continue;
        if (relevant_.contains(source) && !leads_to_process(source, process(target)))
          locks.push_back({source, target, lock, true});
      }
    links_.insert(links_.end(), locks.begin(), locks.end());
  }

  [[nodiscard]] bool leads_to_process(int source, int p) const {
    for (int i = source + 1; i < static_cast<int>(acts_.size()); ++i)
      if (process(i) == p && leads(source, i, {})) return true;
    return false;
  }

  /// True if program order and the other links lead from one step to the other.
  [[nodiscard]] bool leads(int source, int target, const Link& without) const {
    std::vector<bool> reached(acts_.size(), false);
    reached[at(source)] = true;
    for (int i = source; i < target; ++i) {
      if (!reached[at(i)]) continue;
      for (int j = i + 1; j <= target; ++j)
        if (process(j) == process(i)) reached[at(j)] = true;
      for (const Link& l : links_)
        if (l.source == i && (without.is_lock || !l.is_lock) && !is_same(l, without))
          reached[at(l.target)] = true;
    }
    return reached[at(target)];
  }

  static bool is_same(const Link& a, const Link& b) {
    return a.source == b.source && a.target == b.target;
  }

  [[nodiscard]] std::vector<Link> reduced() {
    std::ranges::sort(links_, [](const Link& a, const Link& b) {
      return std::tie(a.source, a.target, a.is_lock, a.cell) <
             std::tie(b.source, b.target, b.is_lock, b.cell);
    });
    links_.erase(std::unique(links_.begin(), links_.end(), is_same), links_.end());
    std::vector<Link> kept;
    for (const Link& l : links_)
      if (!leads(l.source, l.target, l)) kept.push_back(l);
    return kept;
  }

  /// Every stale value once, where it did the harm: at its last use. Of several copies of one cell
  /// the first speaks for all.
  [[nodiscard]] std::vector<Stale> last_uses() {
    std::map<std::pair<std::optional<Cell>, Cell>, Stale> last;
    for (const Stale& s : stale_) {
      const auto [entry, is_new] = last.try_emplace({s.copy, s.cell}, s);
      if (!is_new && s.used > entry->second.used) entry->second = s;
    }
    std::vector<Stale> result;
    for (const auto& entry : last) {
      const Stale& s = entry.second;
      const bool is_told = std::ranges::any_of(result, [&](const Stale& other) {
        return std::tie(other.cell, other.sampled, other.changed, other.used) ==
               std::tie(s.cell, s.sampled, s.changed, s.used);
      });
      if (!is_told) result.push_back(s);
    }
    return result;
  }

  [[nodiscard]] int process(int step) const { return acts_[at(step)].process; }

  const ir::Model& model_;
  std::vector<Act> acts_;
  std::vector<ir::Valuation> states_; ///< Before every step, and at the end.
  std::set<std::pair<Cell, int>> followed_;
  std::set<int> relevant_;
  std::vector<Link> links_;
  std::vector<Stale> stale_;
  int harm_ = 0; ///< The last step that could still do harm.
};

} // namespace

std::vector<Cell>
waited_for(const ir::Model& model, const Blocked& blocked, const ir::Valuation& state) {
  std::vector<Cell> cells;
  const auto& step = model.processes[at(blocked.process)].steps[at(blocked.step)];
  for (const ir::Alternative& way : step.alternatives) {
    const auto guard = ir::cells_read(*way.guard, state);
    cells.insert(cells.end(), guard.begin(), guard.end());
    for (const ir::Wait& wait : way.waits) {
      const auto until = ir::cells_read(*wait.until, state);
      cells.insert(cells.end(), until.begin(), until.end());
    }
  }
  return cells;
}

Causality causality(const ir::Model& model, const Trace& trace) {
  return Walk(model, trace).run(trace);
}

} // namespace stalemate::report
