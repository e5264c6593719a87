#include "model/lockless/lockless.hpp"

#include "lockless/litmus/litmus.hpp"
#include "model/lockless/execution.hpp"
#include "model/lockless/layout/lockless_section.hpp"
#include "model/lockless/properties.hpp"
#include "model/lockless/recorded_model.hpp"
#include "model/scenario/cast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

namespace stalemate::kernel::lockless {

namespace {

constexpr auto name = "lockless";

/// A protocol is a path, what varies about it a knob of the same name.
std::vector<Knob> knobs() {
  std::vector<Knob> all;
  for (const relacy::ProtocolEntry& protocol : relacy::protocols()) {
    Knob knob;
    knob.name = protocol.name;
    knob.text = "how the protocol " + protocol.name + " is written";
    knob.source = "atlas lockless C";
    for (const relacy::Named& variant : protocol.variants)
      knob.values.push_back({variant.name, variant.text});
    all.push_back(std::move(knob));
  }
  return all;
}

std::vector<PathEntry> paths() {
  std::vector<PathEntry> all;
  for (const relacy::ProtocolEntry& protocol : relacy::protocols()) {
    PathEntry path;
    path.name = protocol.name;
    path.process = protocol.name;
    path.function = protocol.name;
    path.text = protocol.text;
    path.source = "atlas lockless C";
    all.push_back(std::move(path));
  }
  return all;
}

int protocol_of(const std::string& path) {
  const auto& all = relacy::protocols();
  return static_cast<int>(std::ranges::find(all, path, &relacy::ProtocolEntry::name) - all.begin());
}

int variant_of(const Scenario& scenario, const std::string& path) {
  const auto variant = scenario.kernel.find(path);
  return variant == scenario.kernel.end() ? 0 : variant->second;
}

/// What came of the protocols that were executed: both the model of one and the answer need it.
class Outcomes {
 public:
  relacy::Outcome of(const Scenario& scenario) {
    const auto& layout = std::any_cast<const LocklessLayout&>(scenario.layout);
    const std::string& path = scenario.processes.front().path;
    const int protocol = protocol_of(path);
    const int variant = variant_of(scenario, path);
    relacy::Bound bound = layout.bound;
    // Relacy has one world for all threads.
    const std::lock_guard lock(mutex_);
    const Key key{protocol, variant, bound.scheduler, bound.switches, bound.executions_max};
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    if (begin_watch_) bound.wants_end = begin_watch_();
    return known_[key] = relacy::run_protocol(protocol, variant, bound);
  }

  void watch(std::function<std::function<bool()>()> begin) {
    const std::lock_guard lock(mutex_);
    begin_watch_ = std::move(begin);
  }

 private:
  using Key = std::tuple<int, int, relacy::Scheduler, int, std::uint64_t>;

  std::mutex mutex_;
  std::function<std::function<bool()>()> begin_watch_;
  std::map<Key, relacy::Outcome> known_;
};

Outcomes& outcomes() {
  static Outcomes all;
  return all;
}

ir::Model execution_of(const Scenario& scenario) {
  const std::string& path = scenario.processes.front().path;
  return execution(title_of(scenario),
                   relacy::protocols()[static_cast<std::size_t>(protocol_of(path))],
                   outcomes().of(scenario),
                   properties());
}

ir::Model build(const Scenario& scenario) {
  const auto& layout = std::any_cast<const LocklessLayout&>(scenario.layout);
  if (scenario.processes.size() > 1 && !layout.shows_all)
    throw ScenarioError("/processes/1", "one protocol at a time");
  for (const auto& [knob, value] : scenario.kernel)
    if (knob != scenario.processes.front().path)
      throw ScenarioError("/kernel/" + knob,
                          "says nothing about " + scenario.processes.front().path);
  if (layout.engine == Engine::relacy) return execution_of(scenario);
  RecordedModel model(title_of(scenario));
  for (const ProcessSpec& process : scenario.processes) {
    const int protocol = protocol_of(process.path);
    model.add(relacy::protocols()[static_cast<std::size_t>(protocol)],
              recording::record(protocol, variant_of(scenario, process.path)));
  }
  return model.finish(properties());
}

} // namespace

Subsystem subsystem() {
  return {.name = name,
          .section = name,
          .text = "How executions of a protocol are chosen",
          .layout = lockless_section(),
          .knobs = knobs(),
          .paths = paths(),
          .properties = properties(),
          .read_layout = [](const nlohmann::ordered_json& json) -> std::any {
            return lockless_layout(json);
          },
          .small_layout = []() -> std::any {
            LocklessLayout layout;
            layout.engine = Engine::search;
            layout.shows_all = true;
            return layout;
          },
          .build = build};
}

bool is_protocol(const Scenario& scenario) {
  return scenario.subsystem->name == name;
}

bool is_for_relacy(const Scenario& scenario) {
  return is_protocol(scenario) &&
         std::any_cast<const LocklessLayout&>(scenario.layout).engine == Engine::relacy;
}

relacy::Outcome run(const Scenario& scenario) {
  return outcomes().of(scenario);
}

void watch_executions(std::function<std::function<bool()>()> begin) {
  outcomes().watch(std::move(begin));
}

std::string litmus_test(const Scenario& scenario, const std::string& name) {
  const std::string& path = scenario.processes.front().path;
  return litmus::litmus_test(name, protocol_of(path), variant_of(scenario, path));
}

std::string kernel_verdict(const Scenario& scenario) {
  return std::any_cast<const LocklessLayout&>(scenario.layout).lkmm;
}

std::string bound_text(const Scenario& scenario) {
  const auto& bound = std::any_cast<const LocklessLayout&>(scenario.layout).bound;
  switch (bound.scheduler) {
  case relacy::Scheduler::full:
    return "all schedules, loads one store old";
  case relacy::Scheduler::random:
    return fmt::format("{} random executions", bound.executions_max);
  case relacy::Scheduler::bound:
    break;
  }
  return fmt::format("{} preemptive switches", bound.switches);
}

} // namespace stalemate::kernel::lockless
