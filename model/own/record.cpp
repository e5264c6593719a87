#include "model/own/record.hpp"

#include "checker/language/parse.hpp"
#include "model/own/texts.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stalemate::kernel::own {

namespace {

int function_number(ir::Model& model, const Step& step) {
  const auto found = std::ranges::find(model.functions, step.function, &ir::Function::name);
  const auto number = static_cast<int>(found - model.functions.begin());
  if (found == model.functions.end()) model.functions.push_back({step.function, step.file});
  return number;
}

/// Joins what taking or giving back a lock is to a way.
void add(ir::Alternative& way, const ir::Alternative& lock) {
  way.waits.insert(way.waits.end(), lock.waits.begin(), lock.waits.end());
  way.checks.insert(way.checks.end(), lock.checks.begin(), lock.checks.end());
  way.effects.insert(way.effects.end(), lock.effects.begin(), lock.effects.end());
}

/// Puts one way of a step of one process into the IR.
class Recorder {
 public:
  Recorder(ir::Model& model, int process) : model_(model), process_(process) {}

  [[nodiscard]] ir::Alternative way(const Way& way, const ir::ExpressionPtr& before) const {
    ir::Alternative made;
    made.note = way.note;
    made.guard = way.when ? condition_of(model_, process_, *way.when) : ir::constant(1);
    if (way.otherwise)
      made.guard = ir::combine(ir::Op::both, {ir::combine(ir::Op::invert, {before}), made.guard});
    for (const LockUse& use : way.take)
      add(made, locking(use, edit::taking));
    for (const Wait& wait : way.wait)
      made.waits.push_back(this->wait(wait));
    for (const Check& check : way.check)
      made.checks.push_back(this->check(check));
    for (const Text& text : way.then)
      made.effects.push_back(effect_of(model_, process_, text));
    for (const LockUse& use : way.release)
      add(made, locking(use, edit::releasing));
    made.retry = way.retry;
    return made;
  }

 private:
  template <typename Make>
  ir::Alternative locking(const LockUse& use, Make make) const {
    ir::Alternative made;
    // An element that an expression chooses is no name of a lock, but a place of one.
    const edit::Lock lock = lock_at(use.lock);
    at_place(use.lock.pointer, [&] { made = make(model_, lock, use.shared, process_); });
    return made;
  }

  [[nodiscard]] edit::Lock lock_at(const Text& text) const {
    const auto names = edit::lock_names(model_);
    if (std::ranges::find(names, text.text) != names.end()) return lock_of(model_, text);
    const ir::ExpressionPtr place = place_of(model_, process_, text);
    const auto& variable = model_.variables[static_cast<std::size_t>(place->value)];
    if (variable.kind != ir::Kind::holder)
      throw ScenarioError(text.pointer, fmt::format("{} is no lock", excerpt(variable.name)));
    edit::Lock lock = edit::lock_named(model_, variable.name);
    if (!place->operands.empty()) lock.index = place->operands[0];
    return lock;
  }

  [[nodiscard]] ir::Wait wait(const Wait& wait) const {
    ir::Wait made;
    made.until = condition_of(model_, process_, wait.until);
    made.what = wait.what;
    if (wait.place) made.place = place_of(model_, process_, *wait.place);
    for (const Text& holder : wait.holders)
      made.holders.push_back(this->holder(holder));
    made.acquires = wait.acquires;
    return made;
  }

  /// A process by its name, or an expression that is 0 or 1 + a process.
  [[nodiscard]] ir::ExpressionPtr holder(const Text& text) const {
    const auto found = std::ranges::find(model_.processes, text.text, &ir::Process::name);
    if (found != model_.processes.end()) return ir::constant(found - model_.processes.begin() + 1);
    return value_of(model_, process_, text);
  }

  [[nodiscard]] ir::Check check(const Check& check) const {
    ir::Check made{condition_of(model_, process_, check.holds), ir::none, check.text};
    if (!check.claim) return made;
    const auto found = std::ranges::find(model_.properties, check.claim->text, &ir::Property::name);
    if (found == model_.properties.end()) {
      std::vector<std::string> known;
      for (const ir::Property& property : model_.properties)
        if (property.kind == ir::PropertyKind::assertion) known.push_back(property.name);
      throw ScenarioError(
          check.claim->pointer,
          known.empty() ? "the scenario asks for no claim that steps check"
                        : unknown("assertion that is checked here", check.claim->text, known));
    }
    if (found->kind != ir::PropertyKind::assertion)
      throw ScenarioError(check.claim->pointer, "is no claim that steps check");
    made.property = static_cast<int>(found - model_.properties.begin());
    return made;
  }

  ir::Model& model_;
  int process_;
};

int initial_value(const ir::Model& model, const ir::Variable& variable, const Text& text) {
  const auto is_named = std::ranges::find(variable.names, text.text);
  if (is_named != variable.names.end())
    return static_cast<int>(is_named - variable.names.begin() + variable.range.low);
  const ir::ExpressionPtr value = value_of(model, ir::none, text);
  if (!ir::is_constant(value)) throw ScenarioError(text.pointer, "is no constant");
  return value->value;
}

void check_new(const ir::Model& model, const std::string& name, const Variable& variable) {
  if (std::ranges::find(model.variables, name, &ir::Variable::name) != model.variables.end())
    throw ScenarioError(variable.pointer,
                        fmt::format("the model has a variable {}; take another name", name));
  if (std::ranges::find(model.processes, variable.name, &ir::Process::name) !=
      model.processes.end())
    throw ScenarioError(variable.pointer, "a process is called so; take another name");
}

/// Refuses a name that no expression can mean, such as `a.1` or `yes`.
void check_can_be_said(const ir::Model& model, const ir::Variable& made, const Variable& variable) {
  const std::string cell = made.shape.empty() ? made.name : ir::cell_name(made, 0);
  ir::ExpressionPtr place;
  try {
    place = language::parse_place({model}, cell);
  } catch (const language::SyntaxError& error) {
    throw ScenarioError(
        variable.pointer,
        fmt::format("no expression could say {}: {}; take another name", made.name, error.what()));
  }
  if (place->value != static_cast<int>(model.variables.size()) - 1)
    throw ScenarioError(variable.pointer,
                        fmt::format("{} means something else; take another name", made.name));
}

} // namespace

void declare(ir::Model& model, const Variable& variable, int owner) {
  ir::Variable made;
  made.name = variable.name;
  made.owner = owner;
  const auto is_declared = [&](const std::string& name) {
    return std::ranges::find(model.variables, name, &ir::Variable::name) != model.variables.end();
  };
  if (owner != ir::shared && is_declared(made.name))
    throw ScenarioError(variable.pointer,
                        "everybody has a variable of this name; steps could not name this one");
  if (owner != ir::shared)
    made.name = model.processes[static_cast<std::size_t>(owner)].name + "." + made.name;
  made.ghost = variable.ghost;
  made.range = {variable.low, variable.high};
  if (variable.count) made.shape = {*variable.count};
  switch (variable.kind) {
  case Variable::Kind::number:
    break;
  case Variable::Kind::flag:
    made.kind = ir::Kind::boolean;
    break;
  case Variable::Kind::named:
    made.kind = ir::Kind::named;
    made.names = variable.values;
    made.range = {0, static_cast<int>(variable.values.size()) - 1};
    break;
  case Variable::Kind::lock:
  case Variable::Kind::shared_lock:
    made.kind = ir::Kind::holder;
    made.names = {"free"};
    for (const ir::Process& process : model.processes)
      made.names.push_back(process.name);
    made.range = {0, static_cast<int>(model.processes.size())};
    made.value_of = ir::Naming{.first = 1};
    break;
  }
  check_new(model, made.name, variable);
  const int initial = variable.initial ? initial_value(model, made, *variable.initial)
                                       : static_cast<int>(made.range.low);
  if (!made.range.contains(initial))
    throw ScenarioError(variable.initial->pointer,
                        fmt::format("is out of range {}..{}", made.range.low, made.range.high));
  made.initial.assign(static_cast<std::size_t>(made.cells()), initial);
  model.variables.push_back(made);
  check_can_be_said(model, made, variable);

  if (variable.kind != Variable::Kind::shared_lock) return;
  ir::Variable readers;
  readers.name = made.name + ".shared";
  check_new(model, readers.name, variable);
  readers.kind = ir::Kind::boolean;
  readers.range = {0, 1};
  readers.shape = {static_cast<int>(model.processes.size())};
  readers.row_of = ir::Naming{};
  for (const ir::Process& process : model.processes)
    readers.rows.push_back(process.name);
  readers.initial.assign(model.processes.size(), 0);
  model.variables.push_back(std::move(readers));
}

ir::Step
recorded(ir::Model& model, int process, const Step& step, const Target& target, int ret, int end) {
  ir::Step made;
  made.function = function_number(model, step);
  made.phrase = step.phrase;
  made.idle = step.idle;
  made.fairness = step.fairness;
  const Recorder recorder(model, process);
  auto before = ir::constant(0);
  for (const Way& way : step.ways)
    at_place(way.pointer, [&] {
      ir::Alternative one = recorder.way(way, before);
      before = ir::combine(ir::Op::either, {before, one.guard});
      one.next = ir::none;
      if (way.go) one.next = target(*way.go);
      if (way.ret) one.next = ret;
      if (way.end) one.next = end;
      made.alternatives.push_back(std::move(one));
    });
  return made;
}

void record(ir::Model& model, int number, const std::vector<Step>& steps) {
  const auto count = static_cast<int>(steps.size());
  const Target target = [&](const Text& go) {
    std::vector<std::string> known;
    for (int s = 0; s < count; ++s) {
      const Step& step = steps[static_cast<std::size_t>(s)];
      if (step.label == go.text || step.function + ": " + step.phrase == go.text) return s;
      known.push_back(step.label.empty() ? step.function + ": " + step.phrase : step.label);
    }
    throw ScenarioError(go.pointer, unknown("label", go.text, known, 5));
  };
  std::vector<ir::Step> made;
  for (int s = 0; s < count; ++s) {
    const Step& step = steps[static_cast<std::size_t>(s)];
    for (int t = 0; t < s; ++t) {
      const Step& other = steps[static_cast<std::size_t>(t)];
      if (!step.label.empty() && other.label == step.label)
        throw ScenarioError(step.pointer + "/label", "this label is placed twice");
    }
    int ret = s + 1;
    while (ret < count && steps[static_cast<std::size_t>(ret)].function == step.function)
      ++ret;
    made.push_back(recorded(model, number, step, target, ret, count));
    for (ir::Alternative& way : made.back().alternatives)
      if (way.next == ir::none) way.next = s + 1;
  }
  ir::Process& process = model.processes[static_cast<std::size_t>(number)];
  process.steps = std::move(made);
  model.variables[static_cast<std::size_t>(process.location)].range = {0, process.finished()};
}

} // namespace stalemate::kernel::own
