#include "model/own/unknown_step.hpp"

#include "checker/edit/edit_error.hpp"
#include "checker/edit/find_steps.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace stalemate::kernel::own {

namespace {

constexpr std::size_t shown_max = 3;

/// The process of the first step of this name; none if there is none.
const ir::Process*
owner_of(const ir::Model& model, const std::string& name, const std::string& in) {
  try {
    const int process = edit::find_steps(model, name, in).front().process;
    return &model.processes[static_cast<std::size_t>(process)];
  } catch (const edit::UnknownName&) {
    return nullptr;
  } catch (const edit::EditError&) { // a phrase of several functions
    return nullptr;
  }
}

std::string phrase_of(const std::string& name) {
  const auto colon = name.find(": ");
  return colon == std::string::npos ? "" : name.substr(colon + 2);
}

/// The steps, of any function, with the phrase of this name.
std::vector<std::string> of_other_functions(const ir::Model& model, const std::string& name) {
  std::vector<std::string> names;
  const std::string phrase = phrase_of(name.substr(0, name.find(" / ")));
  for (const ir::Process& process : model.processes)
    for (const ir::Step& step : process.steps) {
      const std::string its = ir::step_name(model, step);
      if (step.phrase == phrase && std::ranges::find(names, its) == names.end())
        names.push_back(its);
    }
  return names;
}

std::vector<int> values_of(const Knob& knob) {
  constexpr int values_max = 16; // of a number more are hardly other code
  const bool is_words = knob.type == Knob::Type::words;
  const int first = is_words ? 0 : knob.low;
  const int last = is_words ? static_cast<int>(knob.values.size()) - 1 : knob.high;
  std::vector<int> values;
  for (int value = first; value <= std::min(last, first + values_max); ++value)
    values.push_back(value);
  return values;
}

/// The path that has the step if the knob is turned.
std::optional<std::string>
path_with(Scenario scenario, const Knob& knob, int value, const UnknownStep& error) {
  scenario.kernel[knob.name] = value;
  scenario.properties.clear(); // which may go with another kernel only
  try {
    const ir::Model model = scenario.subsystem->build(scenario);
    const ir::Process* owner = owner_of(model, error.name, error.in);
    if (owner != nullptr) return owner->path;
  } catch (const ScenarioError&) { // no such scenario with that kernel
  } catch (const ir::InvalidModel&) {
  }
  return std::nullopt;
}

/// "writeback has it only with end_writeback=before or after"; empty if no one knob brings it.
std::string of_other_kernels(const Scenario& scenario, const UnknownStep& error) {
  const std::vector<Knob>& knobs = scenario.subsystem->knobs;
  // Those that set several others come first in the table, and say less.
  for (auto knob = knobs.rbegin(); knob != knobs.rend(); ++knob) {
    std::string owner;
    std::string values;
    for (const int value : values_of(*knob))
      if (const auto path = path_with(scenario, *knob, value, error)) {
        owner = *path;
        values += (values.empty() ? "" : " or ") + knob->value_name(value);
      }
    if (!owner.empty()) return fmt::format("{} has it only with {}={}", owner, knob->name, values);
  }
  return "";
}

/// The path of the model with the step whose name is nearest; none if that is one of the
/// scenario's own, whose steps stand in the file.
std::string
path_of_nearest(const Scenario& scenario, const ir::Model& model, const UnknownStep& error) {
  int least = -1;
  std::string path;
  for (const int number : edit::find_processes(model, error.in)) {
    const ir::Process& process = model.processes[static_cast<std::size_t>(number)];
    for (const ir::Step& step : process.steps) {
      const int distance = edit_distance(error.name, ir::step_name(model, step));
      if (least >= 0 && distance >= least) continue;
      least = distance;
      path = process.path;
    }
  }
  const auto own = std::ranges::find(scenario.own.paths, path, &Path::name);
  return own == scenario.own.paths.end() ? path : own->like;
}

/// "stalemate show writeback --set filesystem=gfs2"
std::string command_for(const Scenario& scenario, const std::string& path) {
  std::string command = "stalemate show " + path;
  for (const auto& [name, value] : scenario.kernel) {
    const auto knob = std::ranges::find(scenario.subsystem->knobs, name, &Knob::name);
    if (value != knob->initial)
      command += fmt::format(" --set {}={}", name, knob->value_name(value));
  }
  return command;
}

/// Where it is, as far as that is known.
std::string
whereabouts(const Scenario& scenario, const ir::Model& before, const UnknownStep& error) {
  if (const ir::Process* owner = owner_of(before, error.name, error.in))
    return fmt::format("{} had it before the edits", owner->path);
  if (!error.in.empty())
    if (const ir::Process* owner = owner_of(before, error.name, ""))
      return fmt::format("it is no step of {}, but of {}", error.in, owner->path);
  const std::vector<std::string> others = of_other_functions(before, error.name);
  if (!others.empty())
    return fmt::format("there is {}", nearest_first(error.name, others, shown_max));
  return of_other_kernels(scenario, error);
}

} // namespace

ScenarioError
explained(const Scenario& scenario, const ir::Model& before, const UnknownStep& error) {
  std::string what = "unknown step " + excerpt(error.name);
  if (const std::string place = whereabouts(scenario, before, error); !place.empty())
    return {error.pointer(), what + "; " + place};
  what = unknown("step", error.name, error.known, shown_max);
  const std::string path = path_of_nearest(scenario, before, error);
  if (error.known.size() > shown_max && !path.empty())
    what += fmt::format(": `{}` prints them", command_for(scenario, path));
  return {error.pointer(), what};
}

} // namespace stalemate::kernel::own
