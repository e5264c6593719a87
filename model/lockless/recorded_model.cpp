#include "model/lockless/recorded_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stalemate::kernel::lockless {

using recording::Change;
using recording::Conditions;
using recording::Object;

namespace {

std::size_t place(int i) {
  return static_cast<std::size_t>(i);
}

ir::ExpressionPtr equal(const ir::ExpressionPtr& left, int right) {
  return ir::combine(ir::Op::equal, {left, ir::constant(right)});
}

/// 1 if the bit is set in the word, else 0.
ir::ExpressionPtr bit_of(const ir::ExpressionPtr& word, int bit) {
  const auto shifted = ir::combine(ir::Op::divide, {word, ir::constant(bit)});
  return ir::combine(ir::Op::modulo, {shifted, ir::constant(2)});
}

ir::ExpressionPtr after(const ir::ExpressionPtr& word, const Change& change) {
  auto value = ir::constant(change.value);
  switch (change.kind) {
  case Change::Kind::add:
    return change.value < 0 ? ir::combine(ir::Op::subtract, {word, ir::constant(-change.value)})
                            : ir::combine(ir::Op::add, {word, value});
  case Change::Kind::set_bit:
    return ir::combine(ir::Op::select,
                       {bit_of(word, change.value), word, ir::combine(ir::Op::add, {word, value})});
  case Change::Kind::clear_bit:
    return ir::combine(
        ir::Op::select,
        {bit_of(word, change.value), ir::combine(ir::Op::subtract, {word, value}), word});
  case Change::Kind::set:
  case Change::Kind::take:
    break;
  }
  return value;
}

} // namespace

int RecordedModel::function(const std::string& name) {
  const auto known = std::ranges::find(model_.functions, name, &ir::Function::name);
  if (known != model_.functions.end()) return static_cast<int>(known - model_.functions.begin());
  model_.functions.push_back({name, "the kernel"});
  return static_cast<int>(model_.functions.size()) - 1;
}

int RecordedModel::property(const std::string& name, const std::vector<PropertyEntry>& claims) {
  const auto known = std::ranges::find(model_.properties, name, &ir::Property::name);
  if (known != model_.properties.end()) return static_cast<int>(known - model_.properties.begin());
  const auto entry = std::ranges::find(claims, name, &PropertyEntry::name);
  ir::Property made;
  made.name = entry->name;
  made.claim = entry->claim;
  made.kind = entry->kind;
  model_.properties.push_back(std::move(made));
  return static_cast<int>(model_.properties.size()) - 1;
}

ir::VariableId RecordedModel::declare(ir::Variable variable) {
  model_.variables.push_back(std::move(variable));
  return static_cast<ir::VariableId>(model_.variables.size()) - 1;
}

void RecordedModel::add_process(const std::string& name, const std::string& path) {
  const bool is_taken =
      std::ranges::find(model_.processes, name, &ir::Process::name) != model_.processes.end();
  ir::Process process;
  process.name = is_taken ? path + "." + name : name;
  process.path = path;
  model_.processes.push_back(std::move(process));
}

void RecordedModel::add(const relacy::ProtocolEntry& entry, const recording::Protocol& protocol) {
  Placed placed;
  placed.name = entry.name;
  placed.protocol = protocol;
  for (std::size_t t = 0; t < protocol.threads.size(); ++t) {
    placed.processes.push_back(static_cast<int>(model_.processes.size()));
    if (!protocol.threads[t].empty()) add_process(entry.threads[t], entry.name);
  }
  if (!protocol.after.empty()) add_process("after", entry.name);
  placed_.push_back(std::move(placed));
}

void RecordedModel::declare_objects(Placed& placed) {
  const std::string prefix = placed_.size() > 1 ? placed.name + "." : "";
  for (const Object& object : placed.protocol.objects) {
    ir::Variable made;
    made.name = prefix + object.name;
    made.initial = {object.initial};
    made.range = {0, object.highest};
    if (object.kind == Object::Kind::boolean) made.kind = ir::Kind::boolean;
    if (object.kind == Object::Kind::lock) {
      made.kind = ir::Kind::holder;
      made.names = {"free"};
      for (const ir::Process& process : model_.processes)
        made.names.push_back(process.name);
      made.range = {0, static_cast<int>(model_.processes.size())};
    }
    placed.variables.push_back(declare(std::move(made)));
  }
  if (placed.protocol.after.empty()) return;
  for (const int process : placed.processes) {
    ir::Variable made;
    made.name = model_.processes[place(process)].name + ".has_ended";
    made.kind = ir::Kind::boolean;
    made.range = {0, 1};
    made.initial = {0};
    placed.ended.push_back(declare(std::move(made)));
  }
}

ir::ExpressionPtr RecordedModel::read(ir::VariableId variable) const {
  return ir::load(variable, model_.variables[place(variable)].range, nullptr);
}

ir::ExpressionPtr RecordedModel::is(const Placed& placed, const recording::Seen& seen) const {
  return equal(read(placed.variables[place(seen.object)]), seen.value);
}

ir::ExpressionPtr RecordedModel::all(const Placed& placed, const Conditions& conditions) const {
  ir::ExpressionPtr result = ir::constant(1);
  for (const recording::Seen& seen : conditions)
    result = ir::combine(ir::Op::both, {result, is(placed, seen)});
  return result;
}

ir::ExpressionPtr RecordedModel::any(const Placed& placed,
                                     const std::vector<Conditions>& conditions) const {
  ir::ExpressionPtr result = ir::constant(0);
  for (const Conditions& one : conditions)
    result = ir::combine(ir::Op::either, {result, all(placed, one)});
  return result;
}

ir::Wait RecordedModel::wait(const Placed& placed,
                             const recording::Step& step,
                             const recording::Seen& until) const {
  ir::Wait wait;
  wait.until = is(placed, until);
  const Object& object = placed.protocol.objects[place(until.object)];
  if (object.kind == Object::Kind::lock) {
    wait.place = read(placed.variables[place(until.object)]);
    wait.holders = {wait.place};
    wait.acquires = true;
  } else {
    wait.what = step.waits_for.empty() ? fmt::format("{} to be {}", object.name, until.value)
                                       : step.waits_for;
  }
  return wait;
}

ir::Effect RecordedModel::effect(const Placed& placed, const Change& change, int process) const {
  const ir::VariableId variable = placed.variables[place(change.object)];
  if (change.kind == Change::Kind::take) return {variable, nullptr, ir::constant(process + 1)};
  return {variable, nullptr, after(read(variable), change)};
}

ir::Step RecordedModel::step(const Placed& placed,
                             const recording::Step& recorded,
                             int process,
                             const std::vector<PropertyEntry>& claims) {
  ir::Step made;
  made.function = function(recorded.function);
  made.phrase = recorded.phrase;
  made.file = "lockless/protocols/" + placed.name + ".cpp";
  for (const recording::Way& way : recorded.ways) {
    ir::Alternative alternative;
    alternative.guard = any(placed, way.when);
    alternative.next = way.next;
    for (const recording::Seen& until : recorded.waits_until)
      alternative.waits.push_back(wait(placed, recorded, until));
    for (const recording::Claim& claim : way.claims)
      alternative.checks.push_back({ir::combine(ir::Op::invert, {any(placed, claim.broken_if)}),
                                    property(claim.name, claims),
                                    claim.text});
    for (const Change& change : way.changes)
      alternative.effects.push_back(effect(placed, change, process));
    made.alternatives.push_back(std::move(alternative));
  }
  return made;
}

void RecordedModel::add_location(int process) {
  ir::Process& owner = model_.processes[place(process)];
  for (ir::Step& step : owner.steps)
    for (ir::Alternative& alternative : step.alternatives)
      if (alternative.next == recording::ends) alternative.next = owner.finished();
  ir::Variable location;
  location.name = owner.name + ".location";
  location.kind = ir::Kind::location;
  location.owner = process;
  location.range = {0, owner.finished()};
  location.initial = {0};
  owner.location = declare(std::move(location));
}

void RecordedModel::add_steps(const Placed& placed, const std::vector<PropertyEntry>& claims) {
  for (std::size_t t = 0; t < placed.protocol.threads.size(); ++t) {
    const int process = placed.processes[t];
    if (placed.protocol.threads[t].empty()) continue;
    for (const recording::Step& recorded : placed.protocol.threads[t]) {
      ir::Step made = step(placed, recorded, process, claims);
      for (ir::Alternative& alternative : made.alternatives)
        if (!placed.ended.empty() && alternative.next == recording::ends)
          alternative.effects.push_back({placed.ended[t], nullptr, ir::constant(1)});
      model_.processes[place(process)].steps.push_back(std::move(made));
    }
    add_location(process);
  }
}

/// What is looked at when all threads have ended. If they never do, it is not its fault.
void RecordedModel::add_end(const Placed& placed, const std::vector<PropertyEntry>& claims) {
  if (placed.protocol.after.empty()) return;
  const int process = placed.processes.back() + 1;
  for (const recording::Step& recorded : placed.protocol.after) {
    ir::Step made = step(placed, recorded, process, claims);
    made.idle = true;
    ir::Wait ended;
    ended.until = ir::constant(1);
    ended.what = "all threads to end";
    for (const ir::VariableId one : placed.ended)
      ended.until = ir::combine(ir::Op::both, {ended.until, read(one)});
    for (ir::Alternative& alternative : made.alternatives)
      alternative.waits.push_back(ended);
    model_.processes[place(process)].steps.push_back(std::move(made));
  }
  add_location(process);
}

ir::Model RecordedModel::finish(const std::vector<PropertyEntry>& claims) {
  for (const PropertyEntry& claim : claims)
    if (claim.kind == ir::PropertyKind::no_deadlock) (void)property(claim.name, claims);
  for (Placed& placed : placed_) {
    declare_objects(placed);
    add_steps(placed, claims);
    add_end(placed, claims);
  }
  return std::move(model_);
}

} // namespace stalemate::kernel::lockless
