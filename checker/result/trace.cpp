#include "checker/result/trace.hpp"

#include "checker/program/definition.hpp"
#include "checker/result/blocked.hpp"

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
      property().parts.empty() ? end_by_failing() : end_in_broken_state();
      break;
    case Verdict::model_error:
      end_by_failing();
      break;
    case Verdict::deadlock:
      end_in_deadlock();
      break;
    case Verdict::holds:
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
  Firing step(std::size_t number) {
    const Decision& decision = result_.schedule[number];
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

  void step_on(std::size_t number) {
    Firing firing = step(number);
    const TraceStep& done = trace_.steps.back();
    const ir::Process& process = model_.processes[static_cast<std::size_t>(done.process)];
    if (firing.broken != nullptr)
      refuse(number, at_step(model_, process, done.step, firing.broken->text));
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

  void end_in_broken_state() {
    for (std::size_t i = 0; i < result_.schedule.size(); ++i)
      step_on(i);
    const auto& parts = property().parts;
    const auto number = static_cast<std::size_t>(result_.part);
    if (result_.part < 0 || number >= parts.size())
      throw ReplayError(fmt::format("{} has no part {}", property().name, result_.part));
    if (ir::evaluate(*parts[number].holds, states_.back()) != 0)
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
    const Firing firing = step(last);
    const TraceStep& done = trace_.steps.back();
    const ir::Process& process = model_.processes[static_cast<std::size_t>(done.process)];

    if (firing.broken != nullptr) trace_.values = seen_by(*firing.broken->holds, states_.back());
    if (result_.verdict == Verdict::violated) {
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
    bool somebody_waits = false;
    for (const ir::Process& process : model_.processes) {
      const int at = location(process, states_.back());
      if (at == process.finished()) continue;
      for (const auto& alternative : process.steps[static_cast<std::size_t>(at)].alternatives)
        if (is_enabled(alternative, states_.back()))
          throw ReplayError("at the end of the trace " + process.name + " can go on");
      somebody_waits = somebody_waits || !is_at_rest(process, states_.back());
    }
    if (!somebody_waits) throw ReplayError("at the end of the trace nobody waits");
    explain_deadlock(model_, states_, trace_);
  }

  const ir::Model& model_;
  const Result& result_;
  std::vector<bool> assigned_; ///< By variable.
  std::vector<ir::Valuation> states_;
  Trace trace_;
};

} // namespace

Trace replay(const ir::Model& model, const Result& result) {
  return Replay(model, result).run();
}

} // namespace stalemate
