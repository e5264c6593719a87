#include "checker/audit/reference_runs.hpp"

#include "checker/program/definition.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>
#include <vector>

namespace stalemate {

namespace {

using Flags = std::vector<bool>; ///< By state.

struct Move {
  std::size_t source = 0;
  std::size_t target = 0;
  int process = 0;
  bool is_progress = false;
};

/// All states and moves of a model in which nothing fails.
class Everything {
 public:
  Everything(const ir::Model& model, std::size_t states_max) : model_(model) {
    add(ir::initial(model), 0);
    for (std::size_t at = 0; at < states.size() && states.size() <= states_max; ++at)
      for (std::size_t p = 0; p < model.processes.size(); ++p)
        expand(at, static_cast<int>(p));
  }

  std::vector<ir::Valuation> states;
  std::vector<std::size_t> depths;
  std::vector<Move> moves;

  [[nodiscard]] bool is_enabled(std::size_t state, int process) const {
    return can_move(model_.processes[static_cast<std::size_t>(process)], states[state]);
  }

 private:
  std::size_t add(const ir::Valuation& state, std::size_t depth) {
    const auto [found, fresh] = numbers_.emplace(state, states.size());
    if (fresh) {
      states.push_back(state);
      depths.push_back(depth);
    }
    return found->second;
  }

  void expand(std::size_t at, int p) {
    const ir::Valuation state = states[at];
    const ir::Process& process = model_.processes[static_cast<std::size_t>(p)];
    const int step = location(process, state);
    if (step == process.finished()) return;
    for (const auto& way : process.steps[static_cast<std::size_t>(step)].alternatives)
      if (stalemate::is_enabled(way, state))
        moves.push_back({at,
                         add(fire(model_, process, way, state).target, depths[at] + 1),
                         p,
                         ir::is_progress(process, step, way)});
  }

  const ir::Model& model_;
  std::map<ir::Valuation, std::size_t> numbers_;
};

class Judge {
 public:
  Judge(const ir::Model& model, const Everything& all)
      : model_(model), all_(all), count_(all.states.size()),
        processes_(static_cast<int>(model.processes.size())) {}

  /// Steps to the first state from which somebody, who waits, never moves.
  [[nodiscard]] std::optional<std::size_t> lost_after() const {
    std::optional<std::size_t> best;
    for (int p = 0; p < processes_; ++p) {
      Flags is_well(count_);
      for (std::size_t s = 0; s < count_; ++s)
        is_well[s] = !waits(s, p) || all_.is_enabled(s, p);
      for (bool grows = true; grows;) {
        grows = false;
        for (auto move = all_.moves.rbegin(); move != all_.moves.rend(); ++move)
          if (is_well[move->target] && !is_well[move->source]) grows = is_well[move->source] = true;
      }
      for (std::size_t s = 0; s < count_; ++s)
        if (!is_well[s] && (!best || all_.depths[s] < *best)) best = all_.depths[s];
    }
    return best;
  }

  RunsVerdict judge() {
    for (std::size_t i = 0; i < model_.properties.size(); ++i)
      if (model_.properties[i].kind == ir::PropertyKind::no_deadlock) judge_deadlock(i);
    for (std::size_t i = 0; i < model_.properties.size() && !is_over(); ++i) {
      switch (model_.properties[i].kind) {
      case ir::PropertyKind::eventually:
      case ir::PropertyKind::leads_to:
        judge_goal(i);
        break;
      case ir::PropertyKind::can_finish:
        judge_finish(i);
        break;
      case ir::PropertyKind::progress:
        judge_progress(i);
        break;
      default:
        break;
      }
    }
    return result_;
  }

 private:
  [[nodiscard]] bool is_over() const { return result_.verdict != Verdict::holds; }
  void end(Verdict verdict, std::size_t property, std::size_t length) {
    if (!is_over()) result_ = {verdict, static_cast<int>(property), length};
  }
  [[nodiscard]] const ir::Process& process(int p) const {
    return model_.processes[static_cast<std::size_t>(p)];
  }
  [[nodiscard]] ir::Fairness fairness(std::size_t state, int p) const {
    return ir::fairness_at(process(p), location(process(p), all_.states[state]));
  }
  [[nodiscard]] bool waits(std::size_t state, int p) const {
    return !is_at_rest(process(p), all_.states[state]);
  }

  /// Where the moves lead from a state, itself included.
  [[nodiscard]] Flags reachable(std::size_t from, const std::vector<Move>& moves) const {
    Flags met(count_);
    met[from] = true;
    for (bool grows = true; grows;) {
      grows = false;
      for (const Move& move : moves)
        if (met[move.source] && !met[move.target]) grows = met[move.target] = true;
    }
    return met;
  }

  void judge_deadlock(std::size_t property) {
    if (const auto length = lost_after()) end(Verdict::deadlock, property, *length);
  }

  void judge_finish(std::size_t property) {
    for (std::size_t s = 0; s < count_ && !is_over(); ++s) {
      const Flags later = reachable(s, all_.moves);
      bool can_finish = false;
      for (std::size_t t = 0; t < count_; ++t)
        can_finish = can_finish || (later[t] && is_finished(model_, all_.states[t]));
      if (!can_finish) end(Verdict::stuck, property, all_.depths[s]);
    }
  }

  /// States from which a fair run can stay among `inside` for ever by the moves, if just the
  /// processes in `movers` move again and again.
  void add_fair(const Flags& inside,
                const std::vector<Move>& moves,
                unsigned movers,
                Flags& fair) const {
    Flags allowed = inside;
    for (std::size_t s = 0; s < count_; ++s)
      for (int p = 0; p < processes_; ++p)
        if ((movers >> p & 1U) == 0 && fairness(s, p) == ir::Fairness::strong &&
            all_.is_enabled(s, p))
          allowed[s] = false;
    std::vector<Move> left;
    for (const Move& move : moves)
      if (allowed[move.source] && allowed[move.target] && (movers >> move.process & 1U) != 0)
        left.push_back(move);

    std::vector<Flags> leads(count_);
    for (std::size_t s = 0; s < count_; ++s)
      if (allowed[s]) leads[s] = reachable(s, left);
    for (std::size_t s = 0; s < count_; ++s) {
      if (!allowed[s]) continue;
      const auto is_near = [&](std::size_t t) { return allowed[t] && leads[s][t] && leads[t][s]; };
      bool is_fair = true;
      for (int p = 0; p < processes_ && is_fair; ++p) {
        if ((movers >> p & 1U) != 0) {
          is_fair = std::ranges::any_of(left, [&](const Move& move) {
            return move.process == p && is_near(move.source) && is_near(move.target);
          });
        } else if (fairness(s, p) == ir::Fairness::weak) {
          is_fair = false;
          for (std::size_t t = 0; t < count_; ++t)
            is_fair = is_fair || (is_near(t) && !all_.is_enabled(t, p));
        }
      }
      if (is_fair) fair[s] = true;
    }
  }

  /// States on fair loops, or where a fair run may stop.
  template <typename LeftOut>
  [[nodiscard]] Flags fair_loops(const Flags& inside, LeftOut left_out) const {
    std::vector<Move> moves;
    for (const Move& move : all_.moves)
      if (!left_out(move)) moves.push_back(move);
    Flags fair(count_);
    for (unsigned movers = 1; movers < 1U << processes_; ++movers)
      add_fair(inside, moves, movers, fair);
    return fair;
  }

  [[nodiscard]] bool may_stop(std::size_t state) const {
    for (int p = 0; p < processes_; ++p)
      if (fairness(state, p) != ir::Fairness::unfair && all_.is_enabled(state, p)) return false;
    return true;
  }

  /// Steps to each state by way of the cause and without meeting the goal; none for the others.
  [[nodiscard]] std::vector<std::optional<std::size_t>>
  distances(const ir::Property& property) const {
    const auto is_true = [&](const ir::ExpressionPtr& e, std::size_t s) {
      return ir::evaluate_as_written(*e, all_.states[s]) != 0;
    };
    std::vector<std::optional<std::size_t>> distances(count_);
    for (std::size_t s = 0; s < count_; ++s)
      if ((property.cause ? is_true(property.cause, s) : s == 0) && !is_true(property.goal, s))
        distances[s] = all_.depths[s];
    for (bool shrinks = true; shrinks;) {
      shrinks = false;
      for (const Move& move : all_.moves) {
        if (!distances[move.source] || is_true(property.goal, move.target)) continue;
        const std::size_t by_this = *distances[move.source] + 1;
        auto& known = distances[move.target];
        if (known && *known <= by_this) continue;
        known = by_this;
        shrinks = true;
      }
    }
    return distances;
  }

  void judge_goal(std::size_t property) {
    const auto distance = distances(model_.properties[property]);
    Flags inside(count_);
    for (std::size_t s = 0; s < count_; ++s)
      inside[s] = distance[s].has_value();
    const auto nearest = [&](const auto& is_it) {
      std::optional<std::size_t> best;
      for (std::size_t s = 0; s < count_; ++s)
        if (inside[s] && is_it(s) && (!best || *distance[s] < *distance[*best])) best = s;
      return best;
    };
    const Flags live = fair_loops(inside, [](const Move& move) { return move.is_progress; });
    if (const auto s = nearest([&](std::size_t t) { return live[t]; }))
      return end(Verdict::livelock, property, *distance[*s]);
    const Flags starved = fair_loops(inside, [](const Move&) { return false; });
    const auto waits_here = [&](std::size_t s) {
      bool somebody = starved[s];
      for (int p = 0; p < processes_; ++p)
        somebody = somebody || (may_stop(s) && waits(s, p));
      return somebody;
    };
    if (const auto s = nearest(waits_here))
      return end(Verdict::starvation, property, *distance[*s]);
    if (const auto s = nearest([&](std::size_t t) { return may_stop(t); }))
      end(Verdict::violated, property, *distance[*s]);
  }

  void judge_progress(std::size_t property) {
    for (const bool is_livelock : {true, false}) {
      std::optional<std::size_t> best;
      for (int p = 0; p < processes_; ++p) {
        Flags owed(count_);
        for (std::size_t s = 0; s < count_; ++s)
          owed[s] = waits(s, p) && fairness(s, p) != ir::Fairness::unfair;
        const Flags fair = fair_loops(owed, [&](const Move& move) {
          return move.is_progress && (is_livelock || move.process == p);
        });
        for (std::size_t s = 0; s < count_; ++s)
          if (fair[s] || (!is_livelock && owed[s] && may_stop(s)))
            if (!best || all_.depths[s] < *best) best = all_.depths[s];
      }
      if (best) return end(is_livelock ? Verdict::livelock : Verdict::starvation, property, *best);
    }
  }

  const ir::Model& model_;
  const Everything& all_;
  std::size_t count_;
  int processes_;
  RunsVerdict result_;
};

} // namespace

std::optional<RunsVerdict> judge_runs_plainly(const ir::Model& model, std::size_t states_max) {
  const Everything all(model, states_max);
  if (all.states.size() > states_max) return std::nullopt;
  return Judge(model, all).judge();
}

std::optional<std::size_t> lost_after_plainly(const ir::Model& model, std::size_t states_max) {
  const Everything all(model, states_max);
  if (all.states.size() > states_max) return std::nullopt;
  return Judge(model, all).lost_after();
}

} // namespace stalemate
