#include "checker/observe/observed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace stalemate::observe {

namespace {

constexpr auto observer_name = "observer";

/// What is known of the calls of one kind: 0 if none goes on, or its step has been taken; i is owed
/// the meaning i - 1; behind these, of what may be taken more often, the same once it was.
class Call {
 public:
  Call(const CallKind& kind, ir::VariableId variable)
      : times_(kind.times), variable_(variable), meanings_(count(kind)), range_(range_of(kind)) {}

  static ir::Range range_of(const CallKind& kind) {
    return {0, kind.times == Times::often ? 2 * count(kind) : count(kind)};
  }

  /// Goes on, and may be this.
  [[nodiscard]] ir::ExpressionPtr allows(int meaning) const {
    auto owed = is(meaning + 1);
    if (times_ != Times::often) return owed;
    return ir::combine(ir::Op::either, {owed, is(meanings_ + meaning + 1)});
  }

  /// What remains of it once the step was taken.
  [[nodiscard]] int taken(int meaning) const {
    switch (times_) {
    case Times::once:
      return 0;
    case Times::often:
      return meanings_ + meaning + 1;
    case Times::maybe:
      break;
    }
    return meaning + 1;
  }

  /// Does it make a difference that a step was taken?
  [[nodiscard]] bool is_used_up() const { return times_ != Times::maybe; }

  /// Nothing is owed any more.
  [[nodiscard]] ir::ExpressionPtr may_end() const {
    if (times_ == Times::once) return is(0);
    return ir::combine(ir::Op::less,
                       {ir::constant(times_ == Times::often ? meanings_ : 0), value()});
  }

  [[nodiscard]] ir::Effect becomes(ir::ExpressionPtr value) const {
    return {variable_, nullptr, std::move(value)};
  }

  [[nodiscard]] ir::ExpressionPtr value() const { return ir::load(variable_, range_, nullptr); }

 private:
  static int count(const CallKind& kind) { return static_cast<int>(kind.meanings.size()); }
  [[nodiscard]] ir::ExpressionPtr is(int what) const {
    return ir::combine(ir::Op::equal, {value(), ir::constant(what)});
  }

  Times times_;
  ir::VariableId variable_;
  int meanings_;
  ir::Range range_;
};

ir::VariableId declare(ir::Model& model, ir::Variable variable) {
  variable.initial = {0};
  model.variables.push_back(std::move(variable));
  return static_cast<ir::VariableId>(model.variables.size()) - 1;
}

/// Which calls a way may be taken in, and as which of their meanings.
using Places = std::map<Way, std::vector<std::pair<int, int>>>;

Places places_of(const Observation& observation) {
  Places places;
  for (std::size_t c = 0; c < observation.calls.size(); ++c)
    for (std::size_t m = 0; m < observation.calls[c].meanings.size(); ++m)
      for (const Way& way : observation.calls[c].meanings[m])
        places[way].emplace_back(static_cast<int>(c), static_cast<int>(m));
  return places;
}

/// The way is taken only in one of the calls that stand for it: the first one that goes on.
void confine(ir::Alternative& way,
             const std::vector<std::pair<int, int>>& places,
             const std::vector<Call>& calls) {
  ir::ExpressionPtr is_taken = ir::constant(0);
  std::vector<ir::Effect> uses;
  for (const auto& [c, meaning] : places) {
    const Call& call = calls[static_cast<std::size_t>(c)];
    const auto uses_this =
        ir::combine(ir::Op::both, {ir::combine(ir::Op::invert, {is_taken}), call.allows(meaning)});
    if (call.is_used_up())
      uses.push_back(call.becomes(ir::combine(
          ir::Op::select, {uses_this, ir::constant(call.taken(meaning)), call.value()})));
    is_taken = ir::combine(ir::Op::either, {is_taken, call.allows(meaning)});
  }
  way.guard = ir::combine(ir::Op::both, {is_taken, way.guard});
  // Effects see earlier ones, and whether the last call is used depends on all before it.
  std::reverse(uses.begin(), uses.end());
  way.effects.insert(way.effects.begin(), uses.begin(), uses.end());
}

ir::Step step_of(const Event& event, int number, int function, const std::vector<Call>& calls) {
  ir::Step step;
  step.function = function;
  step.phrase = fmt::format("{}: {}", number, event.text);
  ir::Alternative happens;
  happens.guard = ir::constant(1);
  for (const int ended : event.ends) {
    const Call& call = calls[static_cast<std::size_t>(ended)];
    happens.guard = ir::combine(ir::Op::both, {happens.guard, call.may_end()});
    happens.effects.push_back(call.becomes(ir::constant(0)));
  }
  for (const Begin& begin : event.begins)
    happens.effects.push_back(
        calls[static_cast<std::size_t>(begin.call)].becomes(ir::constant(begin.meaning + 1)));
  happens.next = number;
  step.alternatives.push_back(std::move(happens));
  return step;
}

} // namespace

ir::Model observed(ir::Model model, const Observation& observation) {
  model.properties.clear();
  std::vector<Call> calls;
  for (const CallKind& kind : observation.calls) {
    ir::Variable variable;
    variable.name = fmt::format("{}.{}: {}", observer_name, calls.size(), kind.name);
    variable.range = Call::range_of(kind);
    calls.emplace_back(kind, declare(model, std::move(variable)));
  }
  const Places places = places_of(observation);
  for (std::size_t p = 0; p < model.processes.size(); ++p)
    for (std::size_t s = 0; s < model.processes[p].steps.size(); ++s) {
      auto& ways = model.processes[p].steps[s].alternatives;
      for (std::size_t a = 0; a < ways.size(); ++a) {
        ways[a].checks.clear();
        const auto found =
            places.find({static_cast<int>(p), static_cast<int>(s), static_cast<int>(a)});
        if (found != places.end()) confine(ways[a], found->second, calls);
      }
    }
  ir::Process observer;
  observer.name = observer_name;
  observer.path = observer_name;
  const int function = static_cast<int>(model.functions.size());
  model.functions.push_back({observer_name, ""});
  for (const Event& event : observation.events)
    observer.steps.push_back(
        step_of(event, static_cast<int>(observer.steps.size()) + 1, function, calls));
  ir::Variable location;
  location.name = fmt::format("{}.location", observer_name);
  location.kind = ir::Kind::location;
  location.owner = static_cast<int>(model.processes.size());
  location.range = {0, observer.finished()};
  observer.location = declare(model, std::move(location));
  model.processes.push_back(std::move(observer));
  model.scalarsets.clear(); // Processes that were seen are not interchangeable.
  return model;
}

ir::ExpressionPtr have_happened(const ir::Model& observed, std::size_t events) {
  const ir::VariableId location = observed.processes.back().location;
  const auto at =
      ir::load(location, observed.variables[static_cast<std::size_t>(location)].range, nullptr);
  return ir::combine(ir::Op::less_equal, {ir::constant(static_cast<int>(events)), at});
}

bool has_been_taken(const ir::Model& observed,
                    const Observation& observation,
                    int call,
                    const ir::Valuation& state) {
  // The variables of calls come before the observer's location, which is the last one.
  const auto first = observed.variables.size() - 1 - observation.calls.size();
  const Call of(observation.calls[static_cast<std::size_t>(call)],
                static_cast<ir::VariableId>(first + static_cast<std::size_t>(call)));
  return ir::evaluate(*of.may_end(), state) != 0;
}

} // namespace stalemate::observe
