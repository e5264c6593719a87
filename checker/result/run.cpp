// By the definition, without any of the sets and graphs by which the run was found.

#include "checker/result/run.hpp"

#include "checker/program/definition.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace stalemate {

namespace {

class Run {
 public:
  Run(const ir::Model& model,
      const Result& result,
      const ir::Property& property,
      const std::vector<ir::Valuation>& states)
      : model_(model), result_(result), property_(property), states_(states),
        loop_(std::span(states).subspan(result.schedule.size())) {}

  void check() const {
    if (loop_.front() != loop_.back())
      throw ReplayError("the loop does not lead back to its start");
    for (int p = 0; p < static_cast<int>(model_.processes.size()); ++p)
      check_fair_to(p);
    check_claim();
    if (result_.verdict != Verdict::livelock) return;
    if (result_.loop.empty()) throw ReplayError("a livelock needs a loop");
    for (int p = 0; p < static_cast<int>(model_.processes.size()); ++p)
      if (progresses(p)) throw ReplayError(name(p) + " progresses in the loop");
  }

 private:
  [[nodiscard]] const ir::Process& process(int p) const {
    return model_.processes[static_cast<std::size_t>(p)];
  }
  [[nodiscard]] const std::string& name(int p) const { return process(p).name; }

  void check_fair_to(int p) const {
    const bool moves = std::ranges::any_of(
        result_.loop, [&](const Decision& decision) { return decision.process == p; });
    const auto fairness = ir::fairness_at(process(p), location(process(p), loop_.front()));
    if (moves || fairness == ir::Fairness::unfair) return;
    const auto able = [&](const ir::Valuation& state) { return can_move(process(p), state); };
    const bool is_neglected = fairness == ir::Fairness::weak ? std::ranges::all_of(loop_, able)
                                                             : std::ranges::any_of(loop_, able);
    if (is_neglected)
      throw ReplayError(fmt::format("the run is unfair to {}, which could go on", name(p)));
  }

  [[nodiscard]] bool progresses(int p) const {
    for (std::size_t i = 0; i < result_.loop.size(); ++i) {
      const Decision& decision = result_.loop[i];
      if (decision.process != p) continue;
      const int at = location(process(p), loop_[i]);
      const ir::Step& step = process(p).steps[static_cast<std::size_t>(at)];
      if (ir::is_progress(
              process(p), at, step.alternatives[static_cast<std::size_t>(decision.alternative)]))
        return true;
    }
    return false;
  }

  void check_claim() const {
    switch (property_.kind) {
    case ir::PropertyKind::eventually:
      if (without_goal() < states_.size())
        throw ReplayError(property_.name + ": the goal is met on the way");
      return;
    case ir::PropertyKind::leads_to:
      return check_cause();
    case ir::PropertyKind::progress:
      return check_waits();
    default:
      throw ReplayError(property_.name + " does not speak of runs");
    }
  }

  /// So many states at the end do not meet the goal.
  [[nodiscard]] std::size_t without_goal() const {
    const auto met = std::find_if(states_.rbegin(), states_.rend(), [&](const auto& state) {
      return ir::evaluate_as_written(*property_.goal, state) != 0;
    });
    return static_cast<std::size_t>(met - states_.rbegin());
  }

  void check_cause() const {
    const std::size_t count = without_goal();
    if (count < loop_.size()) throw ReplayError(property_.name + ": the goal is met in the loop");
    const auto last = std::span(states_).last(count);
    if (std::ranges::none_of(last, [&](const auto& state) {
          return ir::evaluate_as_written(*property_.cause, state) != 0;
        }))
      throw ReplayError(property_.name + ": no cause without the goal behind it");
  }

  void check_waits() const {
    const int p = result_.process;
    if (p < 0 || p >= static_cast<int>(model_.processes.size()))
      throw ReplayError(fmt::format("the model has no process {}", p));
    for (const ir::Valuation& state : loop_) {
      const bool is_owed =
          ir::fairness_at(process(p), location(process(p), state)) != ir::Fairness::unfair;
      if (!is_owed || is_at_rest(process(p), state))
        throw ReplayError(name(p) + " rests in the loop");
    }
    if (progresses(p)) throw ReplayError(name(p) + " progresses in the loop");
  }

  const ir::Model& model_;
  const Result& result_;
  const ir::Property& property_;
  const std::vector<ir::Valuation>& states_;
  std::span<const ir::Valuation> loop_; ///< The states of the loop; the last is the first again.
};

} // namespace

void check_run(const ir::Model& model,
               const Result& result,
               const ir::Property& property,
               const std::vector<ir::Valuation>& states) {
  Run(model, result, property, states).check();
}

} // namespace stalemate
