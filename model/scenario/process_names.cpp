#include "model/scenario/process_names.hpp"

#include "model/scenario/cast.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel {

namespace {

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

/// "a variable", "a value of extent": what else the word means in the model; empty if nothing.
std::string other_meaning(const ir::Model& model, const std::string& word) {
  for (const ir::Variable& variable : model.variables) {
    if (variable.kind == ir::Kind::location) continue;
    if (variable.owner == ir::shared && variable.name == word) return "a variable of the model";
    if (variable.owner == ir::shared && variable.name.starts_with(word + "."))
      return "an object of the model";
    const bool is_who = variable.kind == ir::Kind::holder || variable.value_of;
    if (!is_who && has(variable.names, word)) return "a value of " + variable.name;
  }
  return "";
}

/// Where the scenario says how the process is called; empty if the model does.
std::string place_of_name(const Scenario& scenario, std::size_t number) {
  const ProcessSpec& process = scenario.processes[number];
  if (!process.name.empty()) return fmt::format("/processes/{}/name", number);
  if (process.own.empty()) return "";
  const own::Path& own = *std::ranges::find(scenario.own.paths, process.own, &own::Path::name);
  if (!own.process.empty()) return own.pointer + "/process";
  return own.like.empty() ? own.pointer : "";
}

} // namespace

void check_process_names(const Scenario& scenario, const ir::Model& model) {
  const std::vector<Cast> cast = cast_of(scenario, scenario.subsystem->paths);
  for (std::size_t i = 0; i < cast.size(); ++i) {
    const std::string place = place_of_name(scenario, i);
    if (place.empty()) continue;
    const std::string meaning = other_meaning(model, cast[i].name);
    if (!meaning.empty())
      throw ScenarioError(
          place,
          fmt::format("{} is {}; call the process otherwise", excerpt(cast[i].name), meaning));
  }
}

} // namespace stalemate::kernel
