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

/// Threads of two protocols may have the same name; they are told apart where both are shown.
std::string unused(const ir::Model& model, const std::string& name, const std::string& protocol) {
  const bool is_taken =
      std::ranges::find(model.processes, name, &ir::Process::name) != model.processes.end();
  return is_taken ? protocol + "." + name : name;
}

ir::Step step(int function, const std::string& phrase, ir::Alternative way) {
  ir::Step made;
  made.function = function;
  made.phrase = phrase;
  made.alternatives.push_back(std::move(way));
  return made;
}

} // namespace

struct Executions::Objects {
  std::string prefix;    ///< Of the names of variables, where several protocols are shown.
  std::size_t first = 0; ///< The protocol's first process.
  std::map<std::string, ir::VariableId> ids;
};

int Executions::function(const std::string& name) {
  const auto known = std::ranges::find(model_.functions, name, &ir::Function::name);
  if (known == model_.functions.end()) {
    model_.functions.push_back({name, "the kernel"});
    return static_cast<int>(model_.functions.size()) - 1;
  }
  return static_cast<int>(known - model_.functions.begin());
}

void Executions::declare(const Outcome& outcome, Objects& objects) {
  for (const Event& event : outcome.history) {
    if (event.object.empty()) continue;
    const auto known = objects.ids.find(event.object);
    if (known == objects.ids.end()) {
      ir::Variable made;
      made.name = objects.prefix + event.object;
      made.initial = {event.before};
      made.range = ir::spanning({event.before, event.after});
      if (event.is_lock) {
        made.kind = ir::Kind::holder;
        made.names = {"free"};
        for (const ir::Process& process : model_.processes)
          made.names.push_back(process.name);
        made.range = {0, static_cast<int>(model_.processes.size())};
      }
      objects.ids[event.object] = static_cast<ir::VariableId>(model_.variables.size());
      model_.variables.push_back(std::move(made));
    }
    ir::Range& range = model_.variables[at(objects.ids[event.object])].range;
    range = ir::spanning(
        {range.low, range.high, event.before, event.after, event.reads ? event.read : event.after});
  }
}

ir::Alternative Executions::operation(const Event& event, const Objects& objects) {
  ir::Alternative way;
  way.guard = ir::constant(1);
  if (event.object.empty()) return way;
  const ir::VariableId id = objects.ids.at(event.object);
  const bool is_stale = event.reads && event.read != event.before;
  if (event.reads)
    way.note =
        is_stale ? fmt::format("{}, which is stale", event.read) : fmt::format("{}", event.read);
  const int offset = event.is_lock ? static_cast<int>(objects.first) : 0;
  const int value = event.after == 0 ? 0 : event.after + offset;
  if (event.after != event.before) way.effects.push_back({id, nullptr, ir::constant(value)});
  return way;
}

void Executions::end(const Outcome& outcome, std::size_t first) {
  if (outcome.kind == Outcome::Kind::violated && !outcome.history.empty()) {
    const auto claim = std::ranges::find(model_.properties, outcome.claim, &ir::Property::name);
    ir::Process& last = model_.processes[first + at(outcome.history.back().thread)];
    ir::Check check;
    check.holds = ir::constant(0);
    check.property = static_cast<int>(claim - model_.properties.begin());
    check.text = outcome.text;
    last.steps.back().alternatives.front().checks.push_back(std::move(check));
  }
  for (const auto& [thread, what] : outcome.blocked) {
    ir::Process& process = model_.processes[first + at(thread)];
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

void Executions::add(const relacy::ProtocolEntry& protocol,
                     const Outcome& outcome,
                     const std::vector<PropertyEntry>& claims) {
  Objects objects;
  objects.first = model_.processes.size();
  if (objects.first > 0) objects.prefix = protocol.name + ".";
  for (const PropertyEntry& claim : claims) {
    const bool is_broken = outcome.kind == Outcome::Kind::violated && claim.name == outcome.claim;
    const bool is_deadlock = claim.kind == ir::PropertyKind::no_deadlock;
    const bool is_known = std::ranges::find(model_.properties, claim.name, &ir::Property::name) !=
                          model_.properties.end();
    if (is_known || !(is_broken || is_deadlock)) continue;
    ir::Property property;
    property.name = claim.name;
    property.claim = claim.claim;
    property.kind = claim.kind;
    model_.properties.push_back(std::move(property));
  }
  for (const std::string& thread : protocol.threads) {
    ir::Process process;
    process.name = unused(model_, thread, protocol.name);
    process.path = protocol.name;
    model_.processes.push_back(std::move(process));
  }
  declare(outcome, objects);
  for (const Event& event : outcome.history) {
    const int number = function(event.function);
    ir::Process& process = model_.processes[objects.first + at(event.thread)];
    process.steps.push_back(step(number, event.phrase, operation(event, objects)));
    process.steps.back().file = "lockless/protocols/" + protocol.name + ".cpp";
  }
  end(outcome, objects.first);
  for (std::size_t t = 0; t < protocol.threads.size(); ++t) {
    ir::Process& process = model_.processes[objects.first + t];
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
    location.owner = static_cast<int>(objects.first + t);
    location.range = {0, process.finished()};
    location.initial = {0};
    process.location = static_cast<ir::VariableId>(model_.variables.size());
    model_.variables.push_back(std::move(location));
  }
}

} // namespace stalemate::kernel::lockless
