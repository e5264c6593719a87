#include "checker/ir/validate.hpp"

#include <fmt/format.h>

#include <limits>
#include <set>
#include <utility>

namespace stalemate::ir {

namespace {

constexpr Range int_range{std::numeric_limits<int>::min() / 2, std::numeric_limits<int>::max() / 2};

[[noreturn]] void refuse(const std::string& where, const std::string& what) {
  throw InvalidModel(where + ": " + what);
}

std::string shown(const Range& r) {
  return fmt::format("{}..{}", r.low, r.high);
}

void validate(const Variable& variable) {
  if (variable.name.empty()) refuse("a variable", "has no name");
  if (variable.range.low > variable.range.high)
    refuse(variable.name, "its range " + shown(variable.range) + " is empty");
  if (!int_range.contains(variable.range))
    refuse(variable.name, "its range " + shown(variable.range) + " is too large");
  if (variable.shape.size() > 2) refuse(variable.name, "more than two dimensions");
  const int cells = variable.cells();
  if (!variable.rows.empty() &&
      (variable.shape.empty() ||
       variable.rows.size() != static_cast<std::size_t>(variable.shape[0])))
    refuse(variable.name, "the names of its rows do not fit its shape");
  if (variable.initial.size() != static_cast<std::size_t>(cells))
    refuse(variable.name,
           fmt::format("{} initial values for {} cells", variable.initial.size(), cells));
  for (const int value : variable.initial)
    if (!variable.range.contains(value))
      refuse(variable.name,
             fmt::format("initial value {} is outside {}", value, shown(variable.range)));
}

/// What a validated expression may do: properties may read ghosts, steps may not decide by them.
enum class Reader : bool { step, property };

class Expressions {
 public:
  explicit Expressions(const Model& model) : model_(model) {}

  void check(const std::string& where, const ExpressionPtr& expression, Reader reader) const {
    if (!expression) refuse(where, "an expression is missing");
    check_folded(where, *expression, reader);
    check_written(where, *expression);
  }

  void check_index(const std::string& where, VariableId id, const ExpressionPtr& index) const {
    if (id < 0 || id >= static_cast<int>(model_.variables.size()))
      refuse(where, fmt::format("variable {} does not exist", id));
    const Variable& variable = model_.variables[static_cast<std::size_t>(id)];
    if (variable.shape.empty() != (index == nullptr))
      refuse(where, variable.name + (index ? ": is no array" : ": an index is missing"));
    const Range cells{0, variable.cells() - 1};
    if (index && !cells.contains(index->range))
      refuse(where,
             fmt::format(
                 "{}: index range {} leaves {}", variable.name, shown(index->range), shown(cells)));
  }

 private:
  void check_folded(const std::string& where, const Expression& e, Reader reader) const {
    if (!std::in_range<int>(e.range.low) || !std::in_range<int>(e.range.high))
      refuse(where, "a value can need more than 32 bits: " + shown(e.range));
    if (e.op == Op::self) refuse(where, "an expression still says `self`");
    if (e.op == Op::load) {
      check_index(where, e.value, e.operands.empty() ? nullptr : e.operands[0]);
      const Variable& variable = model_.variables[static_cast<std::size_t>(e.value)];
      if (e.range != variable.range) refuse(where, variable.name + ": read with another range");
      if (variable.ghost && reader == Reader::step)
        refuse(where, variable.name + " is a ghost; no step may depend on it");
    }
    for (const auto& operand : e.operands)
      check_folded(where, *operand, reader);
  }

  /// What was folded away is still evaluated by those who do not trust that.
  void check_written(const std::string& where, const Expression& e) const {
    if (e.written) return check_written(where, *e.written);
    if (e.op == Op::self) refuse(where, "an expression still says `self`");
    if (e.op == Op::load) check_index(where, e.value, e.operands.empty() ? nullptr : e.operands[0]);
    for (const auto& operand : e.operands)
      check_written(where, *operand);
  }

  const Model& model_;
};

class Processes {
 public:
  Processes(const Model& model, const Expressions& expressions)
      : model_(model), expressions_(expressions) {}

  void check(int number) const {
    const Process& process = model_.processes[static_cast<std::size_t>(number)];
    if (process.steps.empty()) refuse(process.name, "has no steps");
    for (const Step& step : process.steps) {
      const auto where =
          fmt::format("{}: {}: \"{}\"",
                      process.name,
                      model_.functions.at(static_cast<std::size_t>(step.function)).name,
                      step.phrase);
      if (step.phrase.empty()) refuse(where, "a step needs a phrase");
      if (step.alternatives.empty()) refuse(where, "a step needs an alternative");
      for (const Alternative& alternative : step.alternatives)
        check(where, number, process, alternative);
    }
    check_reachable(process);
  }

 private:
  void check(const std::string& where,
             int number,
             const Process& process,
             const Alternative& alternative) const {
    expressions_.check(where, alternative.guard, Reader::step);
    for (const Wait& wait : alternative.waits) {
      expressions_.check(where, wait.until, Reader::step);
      if (!wait.place && wait.what.empty()) refuse(where, "a wait must say what it waits for");
      if (wait.place) expressions_.check(where, wait.place, Reader::step);
      for (const auto& holder : wait.holders)
        expressions_.check(where, holder, Reader::step);
    }
    for (const Check& claim : alternative.checks) {
      expressions_.check(where, claim.holds, Reader::property);
      if (claim.property >= static_cast<int>(model_.properties.size()))
        refuse(where, "a check of a property that does not exist");
    }
    for (const Effect& effect : alternative.effects)
      check(where, number, effect);
    if (alternative.next < 0 || alternative.next > process.finished())
      refuse(where, fmt::format("goes on at step {}, which does not exist", alternative.next));
  }

  void check(const std::string& where, int number, const Effect& effect) const {
    expressions_.check_index(where, effect.variable, effect.index);
    const Variable& variable = model_.variables[static_cast<std::size_t>(effect.variable)];
    const auto reader = variable.ghost ? Reader::property : Reader::step;
    if (effect.index) expressions_.check(where, effect.index, reader);
    expressions_.check(where, effect.value, reader);
    if (variable.kind == Kind::location) refuse(where, variable.name + ": assigned to a location");
    if (variable.owner != shared && variable.owner != number)
      refuse(where, variable.name + ": assigned by a process that does not own it");
    const Range value = effect.value->range;
    if (value.high < variable.range.low || value.low > variable.range.high)
      refuse(where,
             fmt::format(
                 "{}: value {} is outside {}", variable.name, shown(value), shown(variable.range)));
  }

  /// Follows the control flow from the first step; guards that are constant are not considered,
  /// since a knob may close a branch.
  void check_reachable(const Process& process) const {
    std::vector<bool> reached(process.steps.size() + 1, false);
    std::vector<int> todo{0};
    reached[0] = true;
    while (!todo.empty()) {
      const auto at = static_cast<std::size_t>(todo.back());
      todo.pop_back();
      if (at == process.steps.size()) continue;
      for (const Alternative& alternative : process.steps[at].alternatives) {
        const auto next = static_cast<std::size_t>(alternative.next);
        if (!reached[next]) todo.push_back(alternative.next);
        reached[next] = true;
      }
    }
    for (std::size_t i = 0; i < process.steps.size(); ++i)
      if (!reached[i])
        refuse(process.name, "no one can reach " + step_name(model_, process.steps[i]));
  }

  const Model& model_;
  const Expressions& expressions_;
};

void validate(const Model& model, const Property& property, const Expressions& expressions) {
  if (property.kind == PropertyKind::invariant && property.parts.empty())
    refuse(property.name, "an invariant that claims nothing");
  if (property.kind != PropertyKind::invariant && !property.parts.empty())
    refuse(property.name, "only invariants have parts");
  for (const Part& part : property.parts)
    expressions.check(property.name + ": " + part.text, part.holds, Reader::property);
  const bool has_cause = property.kind == PropertyKind::leads_to;
  const bool has_goal = has_cause || property.kind == PropertyKind::eventually ||
                        property.kind == PropertyKind::reachable;
  if ((property.cause != nullptr) != has_cause || (property.goal != nullptr) != has_goal)
    refuse(property.name, "what it claims does not fit its kind");
  if (has_cause) expressions.check(property.name, property.cause, Reader::property);
  if (has_goal) expressions.check(property.name, property.goal, Reader::property);
  if (property.is_warning && property.kind != PropertyKind::assertion)
    refuse(property.name, "only assertions are warnings");
  if (property.kind != PropertyKind::assertion || property.is_warning) return;

  const auto number = static_cast<int>(&property - model.properties.data());
  for (const Process& process : model.processes)
    for (const Step& step : process.steps)
      for (const Alternative& alternative : step.alternatives)
        for (const Check& check : alternative.checks)
          if (check.property == number) return;
  refuse(property.name, "an assertion that no step checks");
}

template <typename List>
void check_names(const List& list, const char* what) {
  std::set<std::string> names;
  for (const auto& item : list)
    if (!names.insert(item.name).second) refuse(item.name, std::string(what) + " of this name");
}

} // namespace

void validate(const Model& model, const Process& process) {
  const Expressions expressions(model);
  Processes(model, expressions).check(static_cast<int>(&process - model.processes.data()));
}

void validate(const Model& model) {
  check_names(model.variables, "two variables");
  check_names(model.processes, "two processes");
  check_names(model.properties, "two properties");
  for (const Variable& variable : model.variables)
    validate(variable);
  if (model.processes.empty()) refuse("the model", "has no processes");
  if (model.processes.size() > processes_max)
    refuse("the model", fmt::format("has more than {} processes", processes_max));

  for (const Process& process : model.processes)
    validate(model, process);
  const Expressions expressions(model);
  for (const Property& property : model.properties)
    validate(model, property, expressions);
}

} // namespace stalemate::ir
