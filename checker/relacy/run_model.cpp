// Relacy schedules; the model is interpreted here, with nothing but expressions and their meaning.

#include "checker/relacy/run_model.hpp"

#include "checker/ir/evaluate.hpp"
#include "checker/program/definition.hpp"
#include "lockless/interface.hpp"

#include <algorithm>
#include <cstdint>

namespace stalemate {

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

class ModelMachine : public relacy::Machine {
 public:
  explicit ModelMachine(const ir::Model& model)
      : model_(model), initial_(ir::initial(model)), state_(initial_),
        claims_no_deadlock_(std::ranges::any_of(model.properties, [](const ir::Property& property) {
          return property.kind == ir::PropertyKind::no_deadlock;
        })) {}

  [[nodiscard]] int threads() const override { return static_cast<int>(model_.processes.size()); }

  void reset() override {
    state_ = initial_;
    schedule_.clear();
  }

  [[nodiscard]] int ways(int thread) override {
    const ir::Step* step = step_of(thread);
    if (step == nullptr) return 0;
    return static_cast<int>(std::ranges::count_if(
        step->alternatives, [&](const ir::Alternative& way) { return is_enabled(way, state_); }));
  }

  [[nodiscard]] bool is_at_rest(int thread) override {
    if (!claims_no_deadlock_ || thread >= threads()) return true;
    return stalemate::is_at_rest(model_.processes[at(thread)], state_);
  }

  [[nodiscard]] bool take(int thread, int way) override {
    const ir::Process& process = model_.processes[at(thread)];
    const ir::Step& step = *step_of(thread);
    int number = 0;
    while (!is_enabled(step.alternatives[at(number)], state_) || way-- > 0)
      ++number;
    schedule_.push_back({thread, number});
    const ir::Alternative& taken = step.alternatives[at(number)];
    const bool holds = std::ranges::all_of(taken.checks, [&](const ir::Check& check) {
      if (ir::evaluate_as_written(*check.holds, state_) != 0) return true;
      property_ = check.property;
      return false;
    });
    if (!holds || !assign(taken)) return false;
    state_[at(process.location)][0] = taken.next;
    const auto broken = broken_part(model_, state_);
    if (!broken) return true;
    property_ = broken->property;
    part_ = broken->part;
    return false;
  }

  /// Fills in what broke and how.
  void explain(Result& result) const {
    result.schedule = schedule_;
    if (result.verdict == Verdict::deadlock) {
      const auto claim =
          std::ranges::find(model_.properties, ir::PropertyKind::no_deadlock, &ir::Property::kind);
      result.property = static_cast<int>(claim - model_.properties.begin());
      return;
    }
    result.property = property_;
    result.part = part_;
    if (property_ != ir::none) return;
    result.verdict = Verdict::model_error;
    result.reason = "a step breaks the model's own rules";
  }

 private:
  [[nodiscard]] const ir::Step* step_of(int thread) const {
    if (thread >= threads()) return nullptr;
    const ir::Process& process = model_.processes[at(thread)];
    const int location = state_[at(process.location)][0];
    return location == process.finished() ? nullptr : &process.steps[at(location)];
  }

  bool assign(const ir::Alternative& taken) {
    for (const ir::Effect& effect : taken.effects) {
      const auto value = ir::evaluate_as_written(*effect.value, state_);
      const auto index = effect.index ? ir::evaluate_as_written(*effect.index, state_) : 0;
      if (!model_.variables[at(effect.variable)].range.contains(value)) return false;
      state_[at(effect.variable)][static_cast<std::size_t>(index)] = static_cast<int>(value);
    }
    return true;
  }

  const ir::Model& model_;
  const ir::Valuation initial_;
  ir::Valuation state_;
  bool claims_no_deadlock_;
  Schedule schedule_;
  int property_ = ir::none;
  int part_ = -1;
};

Verdict verdict_of(relacy::Outcome::Kind kind) {
  switch (kind) {
  case relacy::Outcome::Kind::holds:
    return Verdict::holds;
  case relacy::Outcome::Kind::violated:
    return Verdict::violated;
  case relacy::Outcome::Kind::deadlock:
    return Verdict::deadlock;
  case relacy::Outcome::Kind::incomplete:
  case relacy::Outcome::Kind::error:
    break;
  }
  return Verdict::incomplete;
}

} // namespace

RelacyResult run_under_relacy(const ir::Model& model, const RelacyBound& bound) {
  RelacyResult found;
  found.result.coverage = no_coverage(model);
  if (static_cast<int>(model.processes.size()) > relacy::machine_threads_max) {
    found.result.reason = "more processes than Relacy is given threads";
    return found;
  }
  if (std::ranges::any_of(model.properties, [](const ir::Property& property) {
        return ir::is_about_runs(property.kind);
      })) {
    found.result.reason = "claims about runs are for the search";
    return found;
  }
  ModelMachine machine(model);
  const relacy::Outcome outcome = relacy::run_machine(
      machine,
      {relacy::Scheduler::bound, bound.switches, bound.executions_max, bound.wants_end},
      bound.steps_max);
  found.executions = outcome.executions;
  found.result.verdict = verdict_of(outcome.kind);
  found.result.reason = outcome.text;
  if (found.result.verdict == Verdict::violated || found.result.verdict == Verdict::deadlock)
    machine.explain(found.result);
  return found;
}

} // namespace stalemate
