#include "reports/causality.hpp"

#include "reports/acts.hpp"
#include "reports/ending.hpp"
#include "reports/turns.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace stalemate::report {

namespace {

using ir::Cell;

/// Walks a trace backwards and collects what matters.
class Walk {
 public:
  Walk(const ir::Model& model, const Trace& trace) : model_(model), acts_(model, trace) {}

  Causality run(const Trace& trace) {
    const int end = acts_.size();
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
    for (int i = trace.loop ? static_cast<int>(*trace.loop) : end; i < end; ++i)
      follow_decisions(i);
    for (const Blocked& b : trace.blocked)
      follow_blocked(b);
    add_locks();
    Causality found{reduced(), last_uses(), {}, old_loads(model_, acts_)};
    if (is_broken_at_end && !trace.stops && end > 0 && !is_example(model_, trace))
      found.turns = turns(model_, trace, acts_, relevant_, std::min(harm_, end - 1), found.stale);
    return found;
  }

 private:
  /// An invariant, or what was looked for, reads the state after the last step; an assertion is
  /// part of that step.
  [[nodiscard]] bool is_read_after(const Trace& trace) const {
    if (trace.property < 0) return false;
    const ir::PropertyKind kind = model_.properties[slot(trace.property)].kind;
    return kind == ir::PropertyKind::invariant || kind == ir::PropertyKind::reachable;
  }

  /// What keeps a process waiting at the end.
  void follow_blocked(const Blocked& blocked) {
    const int end = acts_.size();
    for (const ir::Cell& cell : waited_for(model_, blocked, acts_.end()))
      follow(cell, end);
    for (int i = end - 1; i >= 0; --i)
      if (process(i) == blocked.process) return follow_decisions(i);
  }

  /// The cell was read by step `reader`, or by the claim after the last step.
  void follow(const Cell& cell, int reader) {
    if (!followed_.insert({cell, reader}).second) return;
    const int source = acts_.writer(cell, reader);
    if (source < 0) return;
    const bool is_claim = reader == acts_.size();
    if (!is_claim && process(source) != process(reader)) links_.push_back({source, reader, cell});
    follow_decisions(source);
    for (const Write& w : acts_.at(source).writes) {
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
      for (const Cell& cell : acts_.at(i).decided)
        follow(cell, i);
    }
  }

  /// The step by which the refused value is there; what comes later did no harm.
  [[nodiscard]] int harm_done(const Trace& trace) const {
    const int end = acts_.size();
    int done = -1;
    for (const Contradiction& c : contradictions(model_, trace))
      done = std::max(done, acts_.writer(c.cell, end));
    return done >= 0 ? done : end - 1;
  }

  [[nodiscard]] bool decides_by(int step, const Cell& cell) const {
    const auto& decided = acts_.at(step).decided;
    return std::ranges::find(decided, cell) != decided.end();
  }

  /// A step that reads the cell itself compares its copy with it, and does not trust it.
  void note_stale(const Cell& cell, const Cell& copy, int sampled, int used) {
    if (used > harm_ || decides_by(used, cell)) return;
    const int owner = model_.variables[slot(copy.variable)].owner;
    if (owner == process(used) && owner == process(sampled)) add_stale(cell, copy, sampled, used);
  }

  void add_stale(const Cell& cell, std::optional<Cell> copy, int sampled, int used) {
    const auto& variable = model_.variables[slot(cell.variable)];
    if (variable.owner != ir::shared || variable.kind == ir::Kind::holder) return;
    if (acts_.value(cell, used) == acts_.value(cell, sampled)) return;
    int changed = used - 1;
    while (acts_.value(cell, changed) == acts_.value(cell, used))
      --changed;
    if (process(changed) != process(used))
      stale_.push_back({sampled,
                        changed,
                        used,
                        copy,
                        cell,
                        acts_.value(cell, sampled),
                        acts_.value(cell, used)});
  }

  /// The claim read a cell by which a process had decided, before it wrote what the claim read too:
  /// did the decision still stand?
  void note_overlooked(const Trace& trace) {
    for (const Seen& written : trace.values) {
      const int used = acts_.writer(written.cell, acts_.size());
      const auto& variable = model_.variables[slot(written.cell.variable)];
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
      for (const Cell& lock : acts_.at(target).taken) {
        const int source = acts_.writer(lock, target);
        if (source < 0 || process(source) == process(target)) continue;
        if (relevant_.contains(source) && !leads_to_process(source, process(target)))
          locks.push_back({source, target, lock, true});
      }
    links_.insert(links_.end(), locks.begin(), locks.end());
  }

  [[nodiscard]] bool leads_to_process(int source, int p) const {
    for (int i = source + 1; i < acts_.size(); ++i)
      if (process(i) == p && leads(source, i, {})) return true;
    return false;
  }

  /// True if program order and the other links lead from one step to the other.
  [[nodiscard]] bool leads(int source, int target, const Link& without) const {
    std::vector<bool> reached(slot(acts_.size()), false);
    reached[slot(source)] = true;
    for (int i = source; i < target; ++i) {
      if (!reached[slot(i)]) continue;
      for (int j = i + 1; j <= target; ++j)
        if (process(j) == process(i)) reached[slot(j)] = true;
      for (const Link& l : links_)
        if (l.source == i && (without.is_lock || !l.is_lock) && !is_same(l, without))
          reached[slot(l.target)] = true;
    }
    return reached[slot(target)];
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

  [[nodiscard]] int process(int step) const { return acts_.process(step); }

  const ir::Model& model_;
  Acts acts_;
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
  const auto& step = model.processes[slot(blocked.process)].steps[slot(blocked.step)];
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
