#include "model/tests/random_ending.hpp"

#include "checker/ir/validate.hpp"
#include "checker/result/trace.hpp"
#include "checker/search/endless.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/read_scenario.hpp"
#include "model/scenario/subsystem.hpp"

#include <algorithm>

namespace stalemate::kernel {

const KnownRace* Ending::race(Version version) const {
  for (const KnownRace& race : known_races())
    if (std::ranges::any_of(broken, [&](const auto& one) { return race.is(one, version); }))
      return &race;
  return nullptr;
}

namespace {

std::string path_of(const ir::Model& model, int process) {
  return model.processes[static_cast<std::size_t>(process)].path;
}

/// What broke: one thing, or everything that somebody in the deadlock waits for.
std::vector<Mechanism>
mechanisms(const Scenario& scenario, const ir::Model& model, const Result& result) {
  const std::string& section = scenario.subsystem->section;
  const Trace trace = replay(model, result);
  std::set<std::string> among;
  for (const ProcessSpec& process : scenario.processes)
    for (const auto& [option, value] : process.options)
      if (value != 0) among.insert(option);
  for (const TraceStep& step : trace.steps)
    among.insert(path_of(model, step.process));
  if (result.verdict != Verdict::deadlock) {
    const auto& name = model.properties[static_cast<std::size_t>(result.property)].name;
    return {{section,
             name,
             trace.steps.empty() ? "" : path_of(model, trace.steps.back().process),
             among}};
  }
  std::vector<Mechanism> all;
  for (const Blocked& blocked : trace.blocked)
    all.push_back({section, blocked.what, path_of(model, blocked.process), among});
  return all;
}

Ending searched(const Scenario& scenario) {
  const ir::Model model = ir::without_warnings(build_model(scenario));
  Limits limits;
  limits.states_max = 20'000;
  Observer observer;
  const Result result = explore_endless(model, {}, limits, observer);
  switch (result.verdict) {
  case Verdict::model_error:
    return {Ending::Kind::wrong, "model error: " + result.reason};
  case Verdict::holds:
    return {Ending::Kind::holds, ""};
  case Verdict::incomplete:
    return {Ending::Kind::undecided, ""};
  default:
    return {Ending::Kind::broken, word(result.verdict), "", mechanisms(scenario, model, result)};
  }
}

} // namespace

Ending ending_of(const Json& document) {
  const ScenarioFile file("random.json", document.dump(2));
  const Scenario& scenario = file.scenarios().front();
  try {
    return searched(scenario);
  } catch (const ScenarioError& error) {
    if (!document.contains(Json::json_pointer(error.pointer())))
      return {Ending::Kind::wrong, "no such place: " + error.pointer()};
    const std::string line = file.located(scenario, error).what();
    if (line.find('\n') != std::string::npos) return {Ending::Kind::wrong, line};
    return {Ending::Kind::refused, error.what(), error.pointer()};
  } catch (const std::exception& error) {
    return {Ending::Kind::wrong, error.what()};
  }
}

} // namespace stalemate::kernel
