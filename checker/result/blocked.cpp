#include "checker/result/blocked.hpp"

#include "checker/program/definition.hpp"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

namespace stalemate {

namespace {

/// The cell that an expression loads in this state; nothing if it is no load.
std::optional<ir::Cell> cell_in(const ir::ExpressionPtr& place, const ir::Valuation& state) {
  if (!place || place->op != ir::Op::load) return std::nullopt;
  const auto index = place->operands.empty() ? 0 : ir::evaluate(*place->operands[0], state);
  return ir::Cell{place->value, static_cast<int>(index)};
}

void add_word(std::string& list, const std::string& word) {
  if (!list.empty()) list += " or ";
  list += word;
}

class Explanation {
 public:
  Explanation(const ir::Model& model, const std::vector<ir::Valuation>& states, Trace& trace)
      : model_(model), states_(states), trace_(trace) {}

  void explain(const std::vector<int>& processes) {
    for (const int process : processes)
      trace_.blocked.push_back(blocked(static_cast<std::size_t>(process)));
    trace_.cycle = shortest_cycle();
  }

 private:
  [[nodiscard]] const ir::Valuation& end() const { return states_.back(); }

  [[nodiscard]] Blocked blocked(std::size_t number) const {
    const ir::Process& process = model_.processes[number];
    Blocked result;
    result.process = static_cast<int>(number);
    result.step = location(process, end());
    const ir::Step& step = process.steps[static_cast<std::size_t>(result.step)];

    std::vector<std::string> said;
    for (const ir::Alternative& alternative : step.alternatives) {
      if (ir::evaluate(*alternative.guard, end()) == 0) continue;
      for (const ir::Wait& wait : alternative.waits) {
        if (ir::evaluate(*wait.until, end()) != 0) continue;
        const std::string what = name_of(wait);
        if (std::ranges::find(said, what) == said.end()) add_word(result.what, what);
        said.push_back(what);
        add_holders(wait, result.holders);
      }
    }
    if (said.empty())
      for (const ir::Alternative& alternative : step.alternatives)
        add_word(result.what, ir::text(model_, alternative.guard));
    return result;
  }

  [[nodiscard]] std::string name_of(const ir::Wait& wait) const {
    const auto cell = cell_in(wait.place, end());
    if (!cell) return wait.what;
    return ir::cell_name(model_.variables[static_cast<std::size_t>(cell->variable)], cell->index);
  }

  void add_holders(const ir::Wait& wait, std::vector<Blocked::Holder>& holders) const {
    for (const auto& holder : wait.holders) {
      const int process = static_cast<int>(ir::evaluate(*holder, end())) - 1;
      const bool is_known =
          std::ranges::find(holders, process, &Blocked::Holder::process) != holders.end();
      if (process >= 0 && process < static_cast<int>(model_.processes.size()) && !is_known)
        holders.push_back({process, acquired(wait, process)});
    }
  }

  /// The last step in which the process took what the wait waits for; -1 if none did.
  [[nodiscard]] int acquired(const ir::Wait& wait, int process) const {
    const auto cell = cell_in(wait.place, end());
    for (std::size_t i = trace_.steps.size(); i-- > 0;) {
      const TraceStep& step = trace_.steps[i];
      if (step.process != process) continue;
      const bool took = cell ? takes(step, states_[i], *cell)
                             : ir::evaluate(*wait.until, states_[i]) != 0 &&
                                   ir::evaluate(*wait.until, states_[i + 1]) == 0;
      if (took) return static_cast<int>(i);
    }
    return -1;
  }

  /// By waiting for it, or by writing its own number there.
  [[nodiscard]] bool
  takes(const TraceStep& step, const ir::Valuation& before, ir::Cell cell) const {
    for (const Change& change : step.changes)
      if (change.cell == cell && change.after == step.process + 1) return true;
    const ir::Process& process = model_.processes[static_cast<std::size_t>(step.process)];
    const ir::Alternative& alternative =
        process.steps[static_cast<std::size_t>(step.step)]
            .alternatives[static_cast<std::size_t>(step.alternative)];
    return std::ranges::any_of(alternative.waits, [&](const ir::Wait& wait) {
      return wait.acquires && cell_in(wait.place, before) == cell;
    });
  }

  /// Who waits for whom in a ring, from the lowest process on; the shortest ring there is.
  [[nodiscard]] std::vector<int> shortest_cycle() const {
    std::vector<int> best;
    for (const Blocked& start : trace_.blocked) {
      auto cycle = way_back(start.process);
      if (!cycle.empty() && (best.empty() || cycle.size() < best.size())) best = std::move(cycle);
    }
    return best;
  }

  [[nodiscard]] std::vector<int> way_back(int start) const {
    std::deque<std::vector<int>> ways{{start}};
    std::vector<bool> met(model_.processes.size(), false);
    while (!ways.empty()) {
      std::vector<int> way = std::move(ways.front());
      ways.pop_front();
      const auto at = std::ranges::find(trace_.blocked, way.back(), &Blocked::process);
      if (at == trace_.blocked.end()) continue;
      for (const Blocked::Holder& holder : at->holders) {
        if (holder.process == start) return way;
        if (met[static_cast<std::size_t>(holder.process)]) continue;
        met[static_cast<std::size_t>(holder.process)] = true;
        ways.push_back(way);
        ways.back().push_back(holder.process);
      }
    }
    return {};
  }

  const ir::Model& model_;
  const std::vector<ir::Valuation>& states_;
  Trace& trace_;
};

} // namespace

void explain_blocked(const ir::Model& model,
                     const std::vector<ir::Valuation>& states,
                     const std::vector<int>& processes,
                     Trace& trace) {
  Explanation(model, states, trace).explain(processes);
}

} // namespace stalemate
