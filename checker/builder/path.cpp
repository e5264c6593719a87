#include "checker/builder/path.hpp"

#include "checker/ir/unheld_release.hpp"

#include <algorithm>
#include <exception>

namespace stalemate::build {

namespace {

/// Helpers that treat every cell alike may assign a cell to itself where nothing is to be done.
bool leaves_as_is(const ir::Effect& effect) {
  const ir::Expression& value = *effect.value;
  if (value.op != ir::Op::load || value.value != effect.variable) return false;
  if (!effect.index) return true;
  const auto& index = value.operands[0];
  return index == effect.index ||
         (ir::is_constant(effect.index) && ir::is_constant(index, effect.index->value));
}

} // namespace

Path::Path(Model& model, int process) : model_(model), process_(process) {
  ir::Variable location;
  location.name = name() + ".location";
  location.kind = ir::Kind::location;
  location.owner = process;
  const Array declared = model_.declare(std::move(location));
  this->process().location = declared.id();
}

ir::Process& Path::process() const {
  return model_.model_.processes[static_cast<std::size_t>(process_)];
}

Place Path::common(const std::string& name, const std::function<Place(Model&)>& declare) {
  const auto& variables = model_.model_.variables;
  const auto found = std::ranges::find(variables, name, &ir::Variable::name);
  if (found == variables.end()) return declare(model_);
  return {static_cast<ir::VariableId>(found - variables.begin()), *found, nullptr};
}

Lock Path::common_lock(const std::string& name) {
  return model_.lock(common(name, [&](Model& model) { return model.lock(name).holder; }));
}

void Path::ghost(const Place& variable) {
  model_.ghost(variable);
}

void Path::values_stand_for(const Place& variable, const ir::Naming& naming) {
  model_.values_stand_for(variable, naming);
}

void Path::fairness(ir::Fairness fairness) {
  process().fairness = fairness;
}

const std::string& Path::name() const {
  return process().name;
}

Path::Function Path::function(const std::string& name, const std::string& file) {
  auto& functions = model_.model_.functions;
  const auto found = std::find_if(
      functions.begin(), functions.end(), [&](const ir::Function& f) { return f.name == name; });
  const auto index = static_cast<int>(found - functions.begin());
  if (found == functions.end()) functions.push_back({name, file});
  open_.push_back({index, forward(), {}, {}});
  return Function(*this);
}

Place Path::declare_local(ir::Variable variable) {
  variable.name = name() + "." + variable.name;
  variable.owner = process_;
  const Array declared = model_.declare(variable);
  return {declared.id(), variable, nullptr};
}

Place Path::local(const std::string& name, int low, int high, int initial) {
  ir::Variable variable;
  variable.name = name;
  variable.range = {low, high};
  variable.initial = {initial};
  return declare_local(std::move(variable));
}

Place Path::local_flag(const std::string& name, bool initial) {
  ir::Variable variable;
  variable.name = name;
  variable.kind = ir::Kind::boolean;
  variable.range = {0, 1};
  variable.initial = {initial ? 1 : 0};
  return declare_local(std::move(variable));
}

Place Path::local_named(const std::string& name, std::vector<std::string> values, int initial) {
  ir::Variable variable;
  variable.name = name;
  variable.kind = ir::Kind::named;
  variable.range = {0, static_cast<int>(values.size()) - 1};
  variable.names = std::move(values);
  variable.initial = {initial};
  return declare_local(std::move(variable));
}

Label Path::forward() {
  placed_.push_back(ir::none);
  return {static_cast<int>(placed_.size()) - 1};
}

void Path::label(Label label) {
  auto& place = placed_[static_cast<std::size_t>(label.number)];
  if (place != ir::none) throw ir::InvalidModel(name() + ": a label was placed twice");
  place = static_cast<int>(process().steps.size());
}

void Path::label(const std::string& name) {
  const Label target = named(name);
  if (placed_[static_cast<std::size_t>(target.number)] != ir::none)
    throw ir::InvalidModel(this->name() + ": the label \"" + name + "\" was placed twice");
  label(target);
}

Label Path::named(const std::string& name) {
  if (open_.empty()) throw ir::InvalidModel(this->name() + ": a label outside any function");
  auto& labels = open_.back().labels;
  const auto found = labels.find(name);
  if (found != labels.end()) return found->second;
  return labels.emplace(name, forward()).first->second;
}

void Path::close() {
  // Not label(): a destructor must not throw, and a fresh label cannot have been placed.
  placed_[static_cast<std::size_t>(open_.back().end.number)] =
      static_cast<int>(process().steps.size());
  open_.pop_back();
}

void Path::record(const Phrase& phrase, const std::vector<Alternative>& alternatives) {
  if (open_.empty())
    throw ir::InvalidModel(name() + ": \"" + phrase.text + "\" belongs to no function");
  auto& phrases = open_.back().phrases;
  if (std::find(phrases.begin(), phrases.end(), phrase.text) != phrases.end())
    throw ir::InvalidModel(name() + ": two steps of one function say \"" + phrase.text + "\"");
  phrases.push_back(phrase.text);

  ir::Step step;
  step.function = open_.back().function;
  step.phrase = phrase.text;
  step.file = phrase.file;
  step.line = phrase.line;
  step.idle = phrase.is_idle;
  step.fairness = phrase.fairness;

  Expr before = false;
  for (const Alternative& alternative : alternatives) {
    const Expr guard = alternative.otherwise_ ? !before && alternative.guard_ : alternative.guard_;
    before = before || guard;
    ir::Alternative made = recorded(alternative, guard);
    made.retry = alternative.retry_ || phrase.is_spin;
    aim(made, alternative, step.alternatives.size());
    step.alternatives.push_back(std::move(made));
  }
  process().steps.push_back(std::move(step));
}

ir::Alternative Path::recorded(const Alternative& alternative, const Expr& guard) const {
  const auto resolved = [&](const ir::ExpressionPtr& e) { return ir::with_self(e, process_); };

  ir::Alternative made;
  made.note = alternative.note_;
  made.guard = resolved(guard.node());
  for (ir::Wait wait : alternative.waits_) {
    wait.until = resolved(wait.until);
    wait.place = resolved(wait.place);
    for (auto& holder : wait.holders)
      holder = resolved(holder);
    made.waits.push_back(std::move(wait));
  }
  for (const ir::Check& check : alternative.checks_)
    made.checks.push_back({resolved(check.holds), check.property, check.text});
  for (const auto& [effect, held] : alternative.effect_.parts()) {
    if (leaves_as_is(effect)) continue;
    if (held) made.checks.push_back({resolved(held), ir::none, ir::unheld_release});
    made.effects.push_back({effect.variable, resolved(effect.index), resolved(effect.value)});
  }
  return made;
}

void Path::aim(ir::Alternative& made, const Alternative& alternative, std::size_t number) {
  const std::size_t step = process().steps.size();
  switch (alternative.way_) {
  case Alternative::Way::next:
    made.next = static_cast<int>(step) + 1;
    return;
  case Alternative::Way::end:
    made.next = ir::none;
    return;
  case Alternative::Way::ret:
    jumps_.push_back({step, number, open_.back().end, "ret()"});
    return;
  case Alternative::Way::named:
    jumps_.push_back({step, number, named(alternative.name_), '"' + alternative.name_ + '"'});
    return;
  case Alternative::Way::label:
    jumps_.push_back({step, number, alternative.label_, "a forward label"});
    return;
  }
}

void Path::finish() {
  ir::Process& process = this->process();
  for (const Jump& jump : jumps_) {
    const int target = placed_[static_cast<std::size_t>(jump.target.number)];
    if (target == ir::none)
      throw ir::InvalidModel(name() + ": " +
                             ir::step_name(model_.model_, process.steps[jump.step]) + ": goes to " +
                             jump.what + ", which is not placed");
    process.steps[jump.step].alternatives[jump.alternative].next = target;
  }
  for (ir::Step& step : process.steps)
    for (ir::Alternative& alternative : step.alternatives)
      if (alternative.next == ir::none) alternative.next = process.finished();

  ir::Variable& location = model_.model_.variables[static_cast<std::size_t>(process.location)];
  location.range = {0, process.finished()};
}

} // namespace stalemate::build
