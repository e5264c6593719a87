// First the strongly connected components of the whole graph, once. Each is seen after those that
// it leads to, which decides on the way who can never move again and from where nobody can come to
// an end. Runs can only stay in components with a cycle, and those are usually few and small, so
// that all that follows is about little of the graph.

#include "checker/liveness/runs.hpp"

#include "checker/liveness/fair_components.hpp"
#include "checker/liveness/loop.hpp"
#include "checker/liveness/region.hpp"
#include "checker/liveness/stranded.hpp"
#include "checker/program/interpret.hpp"
#include "checker/search/counterexample.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

namespace stalemate {

namespace {

constexpr NoProgressOf everyone = ~ProcessSet{0};
constexpr NoProgressOf nobody = 0;

class Runs {
 public:
  Runs(const Program& program,
       const Explored& explored,
       const Standings& standings,
       const Watch& watch,
       Result& result)
      : program_(program), explored_(explored), standings_(standings), pause_(watch),
        result_(result), graph_(program, explored.seen, explored.counts.transitions),
        state_(static_cast<std::size_t>(program.layout.words())) {}

  /// `is_stranded`: somebody is, somewhere.
  void check(bool is_stranded) {
    if (!graph_.build(standings_, pause_) || !find_cycles(is_stranded)) return give_up();
    if (is_stranded && look_for_stranded()) return;
    fair_.emplace(graph_, standings_, pause_);
    for (std::size_t i = 0; i < program_.model.properties.size(); ++i) {
      const auto number = static_cast<int>(i);
      switch (program_.model.properties[i].kind) {
      case ir::PropertyKind::eventually:
      case ir::PropertyKind::leads_to:
        check_goal(number);
        break;
      case ir::PropertyKind::can_finish:
        check_finish(number);
        break;
      case ir::PropertyKind::progress:
        check_progress(number);
        break;
      default:
        break;
      }
      if (pause_.reason) return give_up();
      if (result_.verdict != Verdict::holds) return;
    }
  }

 private:
  void give_up() {
    result_.verdict = Verdict::incomplete;
    result_.reason = *pause_.reason;
  }

  [[nodiscard]] Standing standing(StateId id) {
    graph_.read(id, state_.data());
    return standings_.of(state_.data());
  }

  /// A run may stop here: nobody is able to go on whom the scheduler owes that.
  [[nodiscard]] bool may_stop(StateId id) {
    return (graph_.enabled(id) & standing(id).fair()) == 0;
  }

  /// Fills in `cyclic_`, `can_finish_` and, if asked for, `stranded_`.
  bool find_cycles(bool is_stranded) {
    can_finish_.resize(graph_.size());
    if (is_stranded) stranded_.resize(graph_.size());
    Components components(graph_, pause_);
    const bool is_done = components.decompose_all(
        nobody, [&](std::span<const StateId> component) { look_at(component); });
    std::ranges::sort(cyclic_);
    return is_done;
  }

  void look_at(std::span<const StateId> component) {
    bool can_finish = false;
    bool is_cyclic = component.size() > 1;
    ProcessSet stranded = everyone;
    for (const StateId id : component) {
      const Standing at = standing(id);
      const ProcessSet enabled = graph_.enabled(id);
      // Whoever may rest and has work that it can do is not in the middle of anything either.
      can_finish = can_finish || (at.waiting & (at.busy | ~enabled)) == 0;
      stranded &= standings_.alike(at.waiting & ~enabled);
      for (const StateId target : graph_.targets(id)) {
        is_cyclic = is_cyclic || target == id;
        // What belongs to this component itself has no answer yet.
        can_finish = can_finish || can_finish_[target];
      }
    }
    for (const StateId id : component) {
      can_finish_[id] = can_finish;
      if (is_cyclic) cyclic_.push_back(id);
    }
    if (stranded_.empty()) return;
    // Again, now that it is known who is lost here: the component's own states may not count.
    for (const StateId id : component)
      stranded_[id] = stranded;
    ProcessSet further = stranded;
    for (const StateId id : component)
      for (const StateId target : graph_.targets(id))
        further &= stranded_[target];
    for (const StateId id : component)
      stranded_[id] = further;
  }

  bool look_for_stranded() {
    const auto first =
        std::ranges::find_if(stranded_, [](ProcessSet stranded) { return stranded != 0; });
    if (first == stranded_.end()) return false;
    const auto id = static_cast<StateId>(first - stranded_.begin());
    result_.verdict = Verdict::deadlock;
    result_.property = *program_.deadlock;
    result_.schedule = schedule_to(program_, explored_.seen, id);
    for (int p = 0; p < static_cast<int>(program_.processes.size()); ++p)
      if (has(*first, p)) result_.stranded.push_back(p);
    return true;
  }

  void check_finish(int property) {
    const auto first = std::ranges::find(can_finish_, false);
    if (first == can_finish_.end()) return;
    result_.verdict = Verdict::stuck;
    result_.property = property;
    result_.schedule =
        schedule_to(program_, explored_.seen, static_cast<StateId>(first - can_finish_.begin()));
  }

  /// A fair run that, from the cause on, never meets the goal.
  void check_goal(int property) {
    const ClaimCode& claim = program_.claims[static_cast<std::size_t>(property)];
    Region region(graph_, claim, explored_.level_ends);
    if (!region.explore(pause_)) return;

    std::vector<StateId> cyclic;
    std::ranges::copy_if(
        cyclic_, std::back_inserter(cyclic), [&](StateId id) { return region.contains(id); });
    const auto nearest = [&](const auto& is_it) {
      const auto first = std::ranges::find_if(region.states(), is_it);
      if (first == region.states().end()) return false;
      result_.property = property;
      result_.schedule = region.schedule_to(*first, explored_.seen);
      if (fair_->contains(*first)) result_.loop = fair_loop(graph_, standings_, *fair_, *first);
      return true;
    };
    const auto has_loop = [&](StateId id) { return fair_->contains(id); };
    if (!fair_->find(cyclic, everyone)) return;
    if (nearest(has_loop)) {
      result_.verdict = Verdict::livelock;
      return;
    }
    if (!fair_->find(cyclic, nobody)) return;
    if (nearest([&](StateId id) {
          return has_loop(id) || (may_stop(id) && standing(id).waiting != 0);
        }))
      result_.verdict = Verdict::starvation;
    else if (nearest([&](StateId id) { return may_stop(id); }))
      result_.verdict = Verdict::violated;
  }

  /// Who has a right to progress in the state.
  [[nodiscard]] ProcessSet owed(StateId id) {
    const Standing at = standing(id);
    return at.waiting & at.fair();
  }

  void check_progress(int property) {
    for (const bool is_livelock : {true, false}) {
      std::optional<StateId> nearest;
      for (int p = 0; p < static_cast<int>(program_.processes.size()); ++p) {
        const auto candidates = owed_to(p);
        const auto some = is_livelock ? everyone : only(p);
        if (!fair_->find(candidates, some)) return;
        const auto loop =
            std::ranges::find_if(candidates, [&](StateId id) { return fair_->contains(id); });
        if (loop != candidates.end() && (!nearest || *loop < *nearest)) {
          nearest = *loop;
          result_.process = p;
          result_.loop = fair_loop(graph_, standings_, *fair_, *loop);
        }
      }
      if (!is_livelock) look_for_stop(nearest);
      if (!nearest) continue;
      result_.verdict = is_livelock ? Verdict::livelock : Verdict::starvation;
      result_.property = property;
      result_.schedule = schedule_to(program_, explored_.seen, *nearest);
      return;
    }
  }

  /// States of cycles in which the process has a right to progress.
  [[nodiscard]] std::vector<StateId> owed_to(int process) {
    std::vector<StateId> states;
    std::ranges::copy_if(
        cyclic_, std::back_inserter(states), [&](StateId id) { return has(owed(id), process); });
    return states;
  }

  /// A state, nearer than `nearest`, where somebody has a right to progress, and all may stop.
  void look_for_stop(std::optional<StateId>& nearest) {
    const std::uint64_t end = nearest ? *nearest : graph_.size();
    for (std::uint64_t i = 0; i < end && pause_.goes_on(); ++i) {
      const auto id = static_cast<StateId>(i);
      const ProcessSet waiting = owed(id);
      if (waiting == 0 || !may_stop(id)) continue;
      nearest = id;
      result_.process = std::countr_zero(waiting);
      result_.loop.clear();
      return;
    }
  }

  const Program& program_;
  const Explored& explored_;
  const Standings& standings_;
  Pause pause_;
  Result& result_;
  StateGraph graph_;
  std::optional<FairComponents> fair_;
  std::vector<StateId> cyclic_;      ///< States of components with a cycle, in rising order.
  std::vector<bool> can_finish_;     ///< By state.
  std::vector<ProcessSet> stranded_; ///< By state, if anybody is.
  std::vector<Word> state_;
};

} // namespace

bool claims_runs(const ir::Model& model) {
  return std::ranges::any_of(model.properties, [](const ir::Property& property) {
    return ir::is_about_runs(property.kind);
  });
}

void check_runs(const Program& program,
                const Explored& explored,
                const Limits& limits,
                const Watch& watch,
                Result& result) {
  const Standings standings(program);
  const bool is_stranded =
      program.deadlock && may_be_stranded(program, standings, explored.seen, explored.stalled);
  if (!is_stranded && !claims_runs(program.model)) return;
  if (limits.storage == Storage::compact) {
    result.verdict = Verdict::incomplete;
    result.reason =
        "somebody may never move again while others do: to find out takes the states, of "
        "which only hashes are stored";
    return;
  }

  const Counts& counts = explored.counts;
  const std::uint64_t needed = explored.seen.memory() +
                               StateGraph::memory_of(counts.states, counts.transitions) +
                               (is_stranded ? counts.states * sizeof(ProcessSet) : 0);
  if (needed > limits.memory_max) {
    result.verdict = Verdict::incomplete;
    result.reason = fmt::format(
        "claims about runs need {} bytes of memory, the limit is {}", needed, limits.memory_max);
    return;
  }
  Runs(program, explored, standings, watch, result).check(is_stranded);
}

} // namespace stalemate
