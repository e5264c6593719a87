// What can follow is a model of its own: the same processes from the last state on. That something
// never happens again is an invariant of it.

#include "checker/audit/ending.hpp"

#include "checker/audit/reference.hpp"
#include "checker/program/definition.hpp"
#include "checker/program/program.hpp"
#include "checker/search/explore.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stalemate {

namespace {

using ir::ExpressionPtr;
using ir::Op;

ExpressionPtr negation(const ExpressionPtr& e) {
  return ir::combine(Op::invert, {e});
}
void join(Op op, ExpressionPtr& all, const ExpressionPtr& more) {
  all = ir::combine(op, {all, more});
}

ir::Valuation end_of(const ir::Model& model, const Schedule& schedule) {
  ir::Valuation state = ir::initial(model);
  for (const Decision& decision : schedule) {
    const ir::Process& process = model.processes[static_cast<std::size_t>(decision.process)];
    const auto at = static_cast<std::size_t>(location(process, state));
    const auto way = static_cast<std::size_t>(decision.alternative);
    state = fire(model, process, process.steps[at].alternatives[way], state).target;
  }
  return state;
}

/// Conditions on where processes stand, as expressions. Who asks for them knows the definition:
/// see is_enabled(), can_move(), is_at_rest() and is_finished().
class Standing {
 public:
  explicit Standing(const ir::Model& model) : model_(model) {}

  [[nodiscard]] ExpressionPtr can_move(const ir::Process& process) const {
    ExpressionPtr can = ir::constant(0);
    for (int s = 0; s < process.finished(); ++s) {
      ExpressionPtr here = ir::constant(0);
      for (const ir::Alternative& way : process.steps[static_cast<std::size_t>(s)].alternatives)
        join(Op::either, here, is_enabled(way));
      join(Op::both, here, stands_at(process, s));
      join(Op::either, can, here);
    }
    return can;
  }

  /// Ended, or at an idle step, and not kept from its work there.
  [[nodiscard]] ExpressionPtr is_done(const ir::Process& process) const {
    ExpressionPtr done = stands_at(process, process.finished());
    for (int s = 0; s < process.finished(); ++s) {
      const ir::Step& step = process.steps[static_cast<std::size_t>(s)];
      if (!step.idle) continue;
      ExpressionPtr has_work = ir::constant(0);
      ExpressionPtr can_work = ir::constant(0);
      for (const ir::Alternative& way : step.alternatives) {
        join(Op::either, has_work, way.guard);
        join(Op::either, can_work, is_enabled(way));
      }
      ExpressionPtr here = ir::combine(Op::either, {negation(has_work), can_work});
      join(Op::both, here, stands_at(process, s));
      join(Op::either, done, here);
    }
    return done;
  }

 private:
  [[nodiscard]] ExpressionPtr stands_at(const ir::Process& process, int step) const {
    const ir::Variable& variable = model_.variables[static_cast<std::size_t>(process.location)];
    return ir::combine(Op::equal,
                       {ir::load(process.location, variable.range, nullptr), ir::constant(step)});
  }

  [[nodiscard]] static ExpressionPtr is_enabled(const ir::Alternative& way) {
    ExpressionPtr enabled = way.guard;
    for (const ir::Wait& wait : way.waits)
      join(Op::both, enabled, wait.until);
    return enabled;
  }

  const ir::Model& model_;
};

/// What may never be true again.
ExpressionPtr excluded(const ir::Model& model, const Result& result) {
  const Standing standing(model);
  if (result.verdict == Verdict::stuck) {
    ExpressionPtr all = ir::constant(1);
    for (const ir::Process& process : model.processes)
      join(Op::both, all, standing.is_done(process));
    return all;
  }
  ExpressionPtr some = ir::constant(0);
  for (const int p : result.stranded)
    join(Op::either, some, standing.can_move(model.processes[static_cast<std::size_t>(p)]));
  return some;
}

/// The model from its last state on, with the one claim. A step that breaks another claim is one
/// behind which nothing follows, and so is one whose own check fails.
ir::Model future(ir::Model model, const ir::Valuation& end, const ExpressionPtr& excluded) {
  for (std::size_t v = 0; v < model.variables.size(); ++v)
    model.variables[v].initial = end[v];
  ir::Property never{"never", "it does not happen again", ir::PropertyKind::invariant, {}};
  never.parts.push_back({negation(excluded), "it does"});
  model.properties = {std::move(never)};
  for (ir::Process& process : model.processes)
    for (ir::Step& step : process.steps)
      for (ir::Alternative& way : step.alternatives) {
        for (const ir::Check& check : way.checks)
          join(Op::both, way.guard, check.holds);
        way.checks.clear();
      }
  return model;
}

} // namespace

Proof prove_ending(const ir::Model& model,
                   const Result& result,
                   const Limits& limits,
                   Observer& observer,
                   std::uint64_t plain_states_max) {
  const bool claims_more = result.verdict == Verdict::stuck ||
                           (result.verdict == Verdict::deadlock && !result.stranded.empty());
  if (!claims_more) return {};
  const ir::Model later = future(model, end_of(model, result.schedule), excluded(model, result));
  Result found = explore_plainly(later, std::min(plain_states_max, limits.states_max));
  if (found.verdict == Verdict::incomplete) found = explore(compile(later), limits, observer);
  switch (found.verdict) {
  case Verdict::holds:
    return {};
  case Verdict::violated:
    return {Proof::Outcome::refuted, fmt::format("{} steps later", found.schedule.size())};
  default:
    return {Proof::Outcome::open, found.reason};
  }
}

} // namespace stalemate
