#include "checker/result/trace.hpp"

#include "checker/ir/widened.hpp"
#include "checker/program/definition.hpp"
#include "checker/result/blocked.hpp"
#include "checker/result/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace stalemate {

namespace {

/// Variables that some step assigns: what others hold is the same in every state.
std::vector<bool> assigned_variables(const ir::Model& model) {
  std::vector<bool> assigned(model.variables.size(), false);
  for (const ir::Process& process : model.processes)
    for (const ir::Step& step : process.steps)
      for (const ir::Alternative& alternative : step.alternatives)
        for (const ir::Effect& effect : alternative.effects)
          assigned[static_cast<std::size_t>(effect.variable)] = true;
  return assigned;
}

std::vector<Seen> seen_by(const ir::Expression& expression, const ir::Valuation& state) {
  std::vector<Seen> seen;
  for (const ir::Cell& cell : ir::cells_read(expression, state))
    seen.push_back(
        {cell,
         state[static_cast<std::size_t>(cell.variable)][static_cast<std::size_t>(cell.index)]});
  return seen;
}

/// The variable that an expression takes its value from; null if it computes it.
const ir::Variable*
origin(const ir::Model& model, const ir::Expression& expression, const ir::Valuation& state) {
  if (expression.op == ir::Op::load)
    return &model.variables[static_cast<std::size_t>(expression.value)];
  if (expression.op != ir::Op::select) return nullptr;
  const bool is_first = ir::evaluate(*expression.operands[0], state) != 0;
  for (const std::size_t branch : is_first ? std::array{1U, 2U} : std::array{2U, 1U})
    if (const auto* found = origin(model, *expression.operands[branch], state)) return found;
  return nullptr;
}

/// The part's text with its values filled in.
std::string told(const ir::Model& model, const ir::Part& part, const ir::Valuation& state) {
  std::string text = part.text;
  for (const ir::ExpressionPtr& expression : part.values) {
    const auto value = static_cast<int>(ir::evaluate(*expression, state));
    const ir::Variable* variable = origin(model, *expression, state);
    const auto gap = text.find("{}");
    if (gap == std::string::npos) break;
    text.replace(
        gap, 2, variable != nullptr ? ir::value_name(*variable, value) : std::to_string(value));
  }
  return text;
}

/// The range of an endless counter is too small to go on.
struct TooShort {};

class Replay {
 public:
  Replay(const ir::Model& model, const Result& result)
      : model_(model), result_(result), assigned_(assigned_variables(model)) {
    trace_.verdict = result.verdict;
    trace_.property = result.property;
    trace_.initial = ir::initial(model);
    states_.push_back(trace_.initial);
  }

  Trace run() {
    switch (result_.verdict) {
    case Verdict::violated:
    case Verdict::latent:
      end_in_violation();
      break;
    case Verdict::livelock:
    case Verdict::starvation:
      go_on_for_ever();
      break;
    case Verdict::stuck:
      end_stuck();
      break;
    case Verdict::model_error:
      end_by_failing();
      break;
    case Verdict::deadlock:
      end_in_deadlock();
      break;
    case Verdict::holds:
    case Verdict::unreachable:
    case Verdict::incomplete:
      throw ReplayError("there is no counterexample to replay: " + word(result_.verdict));
    }
    return std::move(trace_);
  }

 private:
  [[noreturn]] void refuse(std::size_t step, const std::string& why) const {
    throw ReplayError(fmt::format("step {} of the trace: {}", step + 1, why));
  }

  [[nodiscard]] const ir::Property& property() const {
    const auto number = static_cast<std::size_t>(result_.property);
    if (result_.property < 0 || number >= model_.properties.size())
      throw ReplayError(fmt::format("the model has no property {}", result_.property));
    return model_.properties[number];
  }

  /// Runs the next decision; returns what it did.
  Firing step(std::size_t number, const Schedule& schedule) {
    const Decision& decision = schedule[number];
    const ir::Valuation& state = states_.back();
    if (decision.process < 0 || decision.process >= static_cast<int>(model_.processes.size()))
      refuse(number, fmt::format("the model has no process {}", decision.process));
    const ir::Process& process = model_.processes[static_cast<std::size_t>(decision.process)];
    const int at = location(process, state);
    if (at == process.finished()) refuse(number, process.name + " has ended");
    const auto& ways = process.steps[static_cast<std::size_t>(at)].alternatives;
    const auto named = [&](const char* what) {
      return at_step(
          model_, process, at, fmt::format("alternative {} {}", decision.alternative, what));
    };
    if (decision.alternative < 0 || decision.alternative >= static_cast<int>(ways.size()))
      refuse(number, named("does not exist"));
    const auto& alternative = ways[static_cast<std::size_t>(decision.alternative)];
    if (!is_enabled(alternative, state)) refuse(number, named("is not enabled"));

    Firing firing = fire(model_, process, alternative, state);
    const bool breaks = firing.broken != nullptr || !firing.error.empty();
    trace_.steps.push_back({decision.process, at, decision.alternative, decided(alternative), {}});
    if (!breaks) trace_.steps.back().changes = changes(firing);
    return firing;
  }

  void step_on(std::size_t number) { step_on(number, result_.schedule); }

  void step_on(std::size_t number, const Schedule& schedule) {
    Firing firing = step(number, schedule);
    const TraceStep& done = trace_.steps.back();
    const ir::Process& process = model_.processes[static_cast<std::size_t>(done.process)];
    if (firing.broken != nullptr)
      refuse(number, at_step(model_, process, done.step, firing.broken->text));
    if (firing.counter != ir::none) throw TooShort();
    if (!firing.error.empty()) refuse(number, at_step(model_, process, done.step, firing.error));
    states_.push_back(std::move(firing.target));
  }

  /// What the guard saw, but for what is shown elsewhere or never changes.
  [[nodiscard]] std::vector<Seen> decided(const ir::Alternative& alternative) const {
    auto seen = seen_by(*alternative.guard, states_.back());
    std::erase_if(seen, [&](const Seen& one) {
      const auto variable = static_cast<std::size_t>(one.cell.variable);
      const ir::Kind kind = model_.variables[variable].kind;
      return kind == ir::Kind::location || kind == ir::Kind::holder || !assigned_[variable];
    });
    return seen;
  }

  [[nodiscard]] std::vector<Change> changes(const Firing& firing) const {
    std::vector<Change> all;
    for (const ir::Cell& cell : firing.written) {
      const auto variable = static_cast<std::size_t>(cell.variable);
      const auto index = static_cast<std::size_t>(cell.index);
      const int before = states_.back()[variable][index];
      const int after = firing.target[variable][index];
      if (before != after && std::ranges::find(all, cell, &Change::cell) == all.end())
        all.push_back({cell, before, after});
    }
    return all;
  }

  void end_in_violation() {
    if (property().is_warning != (result_.verdict == Verdict::latent))
      throw ReplayError(property().name + (property().is_warning
                                               ? " only warns, so it is latent at most"
                                               : " is no warning, so it is not latent"));
    switch (property().kind) {
    case ir::PropertyKind::invariant:
      return end_in_broken_state();
    case ir::PropertyKind::eventually:
    case ir::PropertyKind::leads_to:
      return go_on_for_ever();
    default:
      return end_by_failing();
    }
  }

  void end_in_broken_state() {
    for (std::size_t i = 0; i < result_.schedule.size(); ++i)
      step_on(i);
    const auto& parts = property().parts;
    const auto number = static_cast<std::size_t>(result_.part);
    if (result_.part < 0 || number >= parts.size())
      throw ReplayError(fmt::format("{} has no part {}", property().name, result_.part));
    if (ir::evaluate_as_written(*parts[number].holds, states_.back()) != 0)
      throw ReplayError(fmt::format("{} holds at the end of the trace", property().name));
    trace_.part = result_.part;
    trace_.broken = told(model_, parts[number], states_.back());
    trace_.values = seen_by(*parts[number].holds, states_.back());
  }

  /// The last step breaks a claim or the model's own rules.
  void end_by_failing() {
    if (result_.schedule.empty()) throw ReplayError("the trace has no steps");
    const std::size_t last = result_.schedule.size() - 1;
    for (std::size_t i = 0; i < last; ++i)
      step_on(i);
    const Firing firing = step(last, result_.schedule);
    const TraceStep& done = trace_.steps.back();
    const ir::Process& process = model_.processes[static_cast<std::size_t>(done.process)];

    if (firing.broken != nullptr) trace_.values = seen_by(*firing.broken->holds, states_.back());
    if (result_.verdict == Verdict::violated || result_.verdict == Verdict::latent) {
      if (firing.broken == nullptr || firing.broken->property != result_.property)
        refuse(last, property().name + " is not broken");
      trace_.broken = firing.broken->text;
      return;
    }
    const bool is_claim = firing.broken != nullptr && firing.broken->property != ir::none;
    if (is_claim || (firing.broken == nullptr && firing.error.empty()))
      refuse(last, "there is no error of the model");
    trace_.reason = at_step(
        model_, process, done.step, firing.broken != nullptr ? firing.broken->text : firing.error);
  }

  void end_in_deadlock() {
    if (property().kind != ir::PropertyKind::no_deadlock)
      throw ReplayError(property().name + " does not speak of deadlocks");
    for (std::size_t i = 0; i < result_.schedule.size(); ++i)
      step_on(i);
    trace_.others_go_on = !result_.stranded.empty();
    std::vector<int> lost;
    for (int p = 0; p < static_cast<int>(model_.processes.size()); ++p) {
      const bool is_meant =
          !trace_.others_go_on || std::ranges::find(result_.stranded, p) != result_.stranded.end();
      if (!is_meant) continue;
      const ir::Process& process = model_.processes[static_cast<std::size_t>(p)];
      if (can_move(process, states_.back()))
        throw ReplayError("at the end of the trace " + process.name + " can go on");
      if (!is_at_rest(process, states_.back())) lost.push_back(p);
    }
    if (lost.empty() || (trace_.others_go_on && lost.size() < result_.stranded.size()))
      throw ReplayError("at the end of the trace nobody waits");
    explain_blocked(model_, states_, lost, trace_);
  }

  /// The stem, then the loop, if there is one; otherwise the run stops behind the stem.
  void go_on_for_ever() {
    Schedule whole = result_.schedule;
    whole.insert(whole.end(), result_.loop.begin(), result_.loop.end());
    for (std::size_t i = 0; i < whole.size(); ++i)
      step_on(i, whole);
    check_run(model_, result_, property(), states_);
    trace_.process = result_.process;
    trace_.stops = result_.loop.empty();
    if (!trace_.stops) trace_.loop = result_.schedule.size();
    if (property().goal) trace_.values = seen_by(*property().goal, states_.back());

    std::vector<int> waiting;
    for (int p = 0; p < static_cast<int>(model_.processes.size()); ++p) {
      const ir::Process& process = model_.processes[static_cast<std::size_t>(p)];
      const bool is_meant = result_.process == -1 ? trace_.stops : result_.process == p;
      if (is_meant && !is_at_rest(process, states_.back()) && !can_move(process, states_.back()))
        waiting.push_back(p);
    }
    explain_blocked(model_, states_, waiting, trace_);
  }

  /// Here, that they are not out; that nobody finds a way out is for prove_ending() to show.
  void end_stuck() {
    if (property().kind != ir::PropertyKind::can_finish)
      throw ReplayError(property().name + " does not speak of coming to an end");
    for (std::size_t i = 0; i < result_.schedule.size(); ++i)
      step_on(i);
    if (is_finished(model_, states_.back()))
      throw ReplayError("at the end of the trace everyone ended or may rest");
    std::vector<int> waiting;
    for (int p = 0; p < static_cast<int>(model_.processes.size()); ++p) {
      const ir::Process& process = model_.processes[static_cast<std::size_t>(p)];
      if (!is_at_rest(process, states_.back()) && !can_move(process, states_.back()))
        waiting.push_back(p);
    }
    explain_blocked(model_, states_, waiting, trace_);
  }

  const ir::Model& model_;
  const Result& result_;
  std::vector<bool> assigned_; ///< By variable.
  std::vector<ir::Valuation> states_;
  Trace trace_;
};

} // namespace

Trace replay(const ir::Model& model, const Result& result) {
  try {
    return Replay(model, result).run();
  } catch (const TooShort&) {
    const auto wide = ir::widened(model, ir::counters_max);
    try {
      return Replay(wide.value_or(model), result).run();
    } catch (const TooShort&) {
      throw ReplayError("a counter without an end leaves the range in which it is followed");
    }
  }
}

} // namespace stalemate
