#include "model/lockless/execution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace stalemate::kernel::lockless {

using relacy::Event;
using relacy::Outcome;

namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

ir::Step step(int function, const std::string& phrase, ir::Alternative way) {
  ir::Step made;
  made.function = function;
  made.phrase = phrase;
  made.alternatives.push_back(std::move(way));
  return made;
}

class Execution {
 public:
  explicit Execution(const std::string& name) { model_.name = name; }

  void add(const relacy::ProtocolEntry& protocol,
           const Outcome& outcome,
           const std::vector<PropertyEntry>& claims);

  [[nodiscard]] ir::Model finish() { return std::move(model_); }

 private:
  int function(const std::string& name);
  ir::Alternative operation(const Event& event);
  ir::VariableId copy_of(const Event& event);
  void declare(const Outcome& outcome);
  void end(const Outcome& outcome);

  ir::Model model_;
  std::map<std::string, ir::VariableId> objects_;
};

int Execution::function(const std::string& name) {
  const auto known = std::ranges::find(model_.functions, name, &ir::Function::name);
  if (known == model_.functions.end()) {
    model_.functions.push_back({name, "the kernel"});
    return static_cast<int>(model_.functions.size()) - 1;
  }
  return static_cast<int>(known - model_.functions.begin());
}

void Execution::declare(const Outcome& outcome) {
  for (const Event& event : outcome.history) {
    if (event.object.empty()) continue;
    const auto known = objects_.find(event.object);
    if (known == objects_.end()) {
      ir::Variable made;
      made.name = event.object;
      made.initial = {event.before};
      made.range = ir::spanning({event.before, event.after});
      if (event.is_lock) {
        made.kind = ir::Kind::holder;
        made.names = {"free"};
        for (const ir::Process& process : model_.processes)
          made.names.push_back(process.name);
        made.range = {0, static_cast<int>(model_.processes.size())};
      }
      objects_[event.object] = static_cast<ir::VariableId>(model_.variables.size());
      model_.variables.push_back(std::move(made));
    }
    ir::Range& range = model_.variables[at(objects_[event.object])].range;
    range = ir::spanning(
        {range.low, range.high, event.before, event.after, event.reads ? event.read : event.after});
  }
}

/// What the thread has of an object, of which others have stored a newer value. It is called like
/// the object, so that reports know it for an old one.
ir::VariableId Execution::copy_of(const Event& event) {
  const std::string name = model_.processes[at(event.thread)].name + "." + event.object;
  const auto known = objects_.find(name);
  if (known != objects_.end()) return known->second;
  ir::Variable made = model_.variables[at(objects_.at(event.object))];
  made.name = name;
  made.owner = event.thread;
  made.initial = {event.read};
  const auto id = static_cast<ir::VariableId>(model_.variables.size());
  model_.variables.push_back(std::move(made));
  objects_[name] = id;
  return id;
}

/// "clear writeback (release)"
std::string phrase_of(const Event& event) {
  return event.order.empty() ? event.phrase : fmt::format("{} ({})", event.phrase, event.order);
}

ir::Alternative Execution::operation(const Event& event) {
  ir::Alternative way;
  way.guard = ir::constant(1);
  if (event.object.empty()) return way;
  const ir::VariableId id = objects_.at(event.object);
  if (event.reads && event.read != event.before) {
    way.effects.push_back({copy_of(event), nullptr, ir::constant(event.read)});
  } else if (event.reads) {
    way.guard = ir::combine(
        ir::Op::equal,
        {ir::load(id, model_.variables[at(id)].range, nullptr), ir::constant(event.read)});
  }
  if (event.is_lock && event.after != 0) {
    ir::Wait lock;
    lock.place = ir::load(id, model_.variables[at(id)].range, nullptr);
    lock.until = ir::combine(ir::Op::equal, {lock.place, ir::constant(0)});
    lock.holders = {lock.place};
    lock.acquires = true;
    way.waits.push_back(std::move(lock));
  }
  if (event.after != event.before) way.effects.push_back({id, nullptr, ir::constant(event.after)});
  return way;
}

void Execution::end(const Outcome& outcome) {
  if (outcome.kind == Outcome::Kind::violated && !outcome.history.empty()) {
    const auto claim = std::ranges::find(model_.properties, outcome.claim, &ir::Property::name);
    ir::Process& last = model_.processes[at(outcome.history.back().thread)];
    ir::Check check;
    check.holds = ir::constant(0);
    check.property = static_cast<int>(claim - model_.properties.begin());
    check.text = outcome.text;
    last.steps.back().alternatives.front().checks.push_back(std::move(check));
  }
  for (const auto& [thread, what] : outcome.blocked) {
    ir::Process& process = model_.processes[at(thread)];
    ir::Alternative forever;
    forever.guard = ir::constant(1);
    ir::Wait wait;
    wait.until = ir::constant(0);
    wait.what = what;
    forever.waits.push_back(std::move(wait));
    const int number = process.steps.empty() ? function("schedule") : process.steps.back().function;
    process.steps.push_back(step(number, "sleep", std::move(forever)));
  }
}

void Execution::add(const relacy::ProtocolEntry& protocol,
                    const Outcome& outcome,
                    const std::vector<PropertyEntry>& claims) {
  for (const PropertyEntry& claim : claims) {
    const bool is_broken = outcome.kind == Outcome::Kind::violated && claim.name == outcome.claim;
    const bool is_deadlock = claim.kind == ir::PropertyKind::no_deadlock;
    if (!is_broken && !is_deadlock) continue;
    ir::Property property;
    property.name = claim.name;
    property.claim = claim.claim;
    property.kind = claim.kind;
    model_.properties.push_back(std::move(property));
  }
  for (const std::string& thread : protocol.threads) {
    ir::Process process;
    process.name = thread;
    process.path = protocol.name;
    model_.processes.push_back(std::move(process));
  }
  declare(outcome);
  for (const Event& event : outcome.history) {
    const int number = function(event.function);
    ir::Process& process = model_.processes[at(event.thread)];
    process.steps.push_back(step(number, phrase_of(event), operation(event)));
    process.steps.back().file = "lockless/protocols/" + protocol.name + ".cpp";
  }
  end(outcome);
  for (std::size_t t = 0; t < protocol.threads.size(); ++t) {
    ir::Process& process = model_.processes[t];
    if (process.steps.empty()) {
      ir::Alternative nothing;
      nothing.guard = ir::constant(1);
      process.steps.push_back(
          step(function(protocol.name), "nothing happened here", std::move(nothing)));
      process.steps.back().idle = true;
    }
    for (std::size_t s = 0; s < process.steps.size(); ++s)
      process.steps[s].alternatives.front().next = static_cast<int>(s) + 1;
    ir::Variable location;
    location.name = process.name + ".location";
    location.kind = ir::Kind::location;
    location.owner = static_cast<int>(t);
    location.range = {0, process.finished()};
    location.initial = {0};
    process.location = static_cast<ir::VariableId>(model_.variables.size());
    model_.variables.push_back(std::move(location));
  }
}

} // namespace

ir::Model execution(const std::string& name,
                    const relacy::ProtocolEntry& protocol,
                    const Outcome& outcome,
                    const std::vector<PropertyEntry>& claims) {
  Execution made(name);
  made.add(protocol, outcome, claims);
  return made.finish();
}

} // namespace stalemate::kernel::lockless
