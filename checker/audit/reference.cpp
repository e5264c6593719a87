// Level by level, states in an ordinary map, expressions evaluated as defined. No option, no packed
// state, no bytecode, no batch: if this and explore() disagree, explore() is wrong.

#include "checker/audit/reference.hpp"

#include "checker/program/definition.hpp"
#include "checker/result/enabled.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace stalemate {

namespace {

/// How a state was first reached.
struct Origin {
  const ir::Valuation* parent = nullptr; ///< Null for the initial state.
  Decision decision;
};

class PlainSearch {
 public:
  PlainSearch(const ir::Model& model, std::uint64_t states_max)
      : model_(model), states_max_(states_max) {
    result_.coverage = no_coverage(model);
  }

  Result run() {
    reach(ir::initial(model_), {});
    while (!is_over_ && !next_.empty()) {
      const auto level = std::exchange(next_, {});
      // A deadlock in this level is shorter than anything that breaks on the way to the next.
      for (const ir::Valuation* state : level)
        if (!is_over_) look_for_deadlock(*state);
      for (const ir::Valuation* state : level)
        for (const Decision decision : enabled(model_, *state))
          if (!is_over_) take(*state, decision);
      if (!next_.empty()) ++result_.counts.depth;
    }
    if (!is_over_) result_.verdict = Verdict::holds;
    return std::move(result_);
  }

 private:
  void look_for_deadlock(const ir::Valuation& state) {
    const auto claim =
        std::ranges::find(model_.properties, ir::PropertyKind::no_deadlock, &ir::Property::kind);
    if (claim == model_.properties.end() || !enabled(model_, state).empty()) return;
    if (std::ranges::all_of(model_.processes,
                            [&](const auto& process) { return is_at_rest(process, state); }))
      return;
    result_.property = static_cast<int>(claim - model_.properties.begin());
    end(Verdict::deadlock, schedule_to(state));
  }

  void take(const ir::Valuation& state, Decision decision) {
    const auto p = static_cast<std::size_t>(decision.process);
    const auto a = static_cast<std::size_t>(decision.alternative);
    const ir::Process& process = model_.processes[p];
    const auto at = static_cast<std::size_t>(location(process, state));
    const Firing firing = fire(model_, process, process.steps[at].alternatives[a], state);
    ++result_.counts.transitions;
    ++result_.coverage.fired[p][at][a];
    if (firing.broken == nullptr && firing.error.empty())
      return reach(firing.target, {&state, decision});

    Schedule schedule = schedule_to(state);
    schedule.push_back(decision);
    if (firing.broken != nullptr && firing.broken->property != ir::none) {
      result_.property = firing.broken->property;
      return end(Verdict::violated, std::move(schedule));
    }
    const std::string& what = firing.broken != nullptr ? firing.broken->text : firing.error;
    result_.reason = at_step(model_, process, static_cast<int>(at), what);
    end(Verdict::model_error, std::move(schedule));
  }

  void reach(const ir::Valuation& state, Origin origin) {
    const auto [found, fresh] = seen_.emplace(state, origin);
    if (!fresh) return;
    if (seen_.size() > states_max_) return end(Verdict::incomplete, {});
    result_.counts.states = seen_.size();
    next_.push_back(&found->first);
    if (const auto broken = broken_part(model_, state)) {
      result_.property = broken->property;
      result_.part = broken->part;
      end(Verdict::violated, schedule_to(state));
    }
  }

  [[nodiscard]] Schedule schedule_to(const ir::Valuation& state) const {
    Schedule schedule;
    for (const Origin* at = &seen_.at(state); at->parent != nullptr; at = &seen_.at(*at->parent))
      schedule.push_back(at->decision);
    std::ranges::reverse(schedule);
    return schedule;
  }

  void end(Verdict verdict, Schedule schedule) {
    result_.verdict = verdict;
    result_.schedule = std::move(schedule);
    is_over_ = true;
  }

  const ir::Model& model_;
  std::uint64_t states_max_;
  std::map<ir::Valuation, Origin> seen_;
  std::vector<const ir::Valuation*> next_; ///< What the next level is made of.
  Result result_;
  bool is_over_ = false;
};

} // namespace

Result explore_plainly(const ir::Model& model, std::uint64_t states_max) {
  return PlainSearch(model, states_max).run();
}

} // namespace stalemate
