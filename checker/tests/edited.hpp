// What edits leave behind, as text, and what can be reached, by the definition of a model.
#pragma once

#include "checker/edit/edits.hpp"
#include "checker/edit/flow.hpp"
#include "checker/ir/validate.hpp"
#include "checker/program/definition.hpp"

#include <set>
#include <string>
#include <vector>

namespace stalemate::tests {

/// As whoever edits a model leaves it: without the steps that nobody comes to, validated.
inline void settle(ir::Model& model) {
  for (ir::Process& process : model.processes) {
    edit::prune(process);
    model.variables[static_cast<std::size_t>(process.location)].range = {0, process.finished()};
  }
  ir::validate(model);
}

/// The step of this number, by its phrase; "end".
inline std::string phrase_at(const ir::Process& process, int step) {
  return step == process.finished() ? "end" : edit::step_at(process, step).phrase;
}

/// "when x == 1; wait free; check; x = 0; -> b"
inline std::string
told(const ir::Model& model, const ir::Process& process, const ir::Alternative& way) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
  if (!way.note.empty()) add('"' + way.note + '"');
  if (!ir::is_constant(way.guard, 1)) add("when " + ir::text(model, way.guard));
  for (const ir::Wait& wait : way.waits)
    add("wait " + ir::text(model, wait.until));
  for (const ir::Check& check : way.checks)
    add("check " + ir::text(model, check.holds));
  for (const ir::Effect& effect : way.effects)
    add(ir::text(model, effect));
  if (way.retry) add("retry");
  add("-> " + phrase_at(process, way.next));
  return text;
}

/// One line for each way of each step.
inline std::string told(const ir::Model& model, int process = 0) {
  const ir::Process& p = model.processes[static_cast<std::size_t>(process)];
  std::string text;
  for (const ir::Step& step : p.steps)
    for (const ir::Alternative& way : step.alternatives)
      text += step.phrase + ": " + told(model, p, way) + "\n";
  return text;
}

/// The state in words, so that states of models with other numbers of steps can be compared.
inline std::string told(const ir::Model& model, const ir::Valuation& state) {
  std::string text;
  for (std::size_t v = 0; v < state.size(); ++v) {
    if (model.variables[v].kind == ir::Kind::location) continue;
    text += model.variables[v].name + "=";
    for (const int value : state[v])
      text += std::to_string(value) + ",";
  }
  for (const ir::Process& process : model.processes)
    text += " " + process.name + "@" + phrase_at(process, location(process, state));
  return text;
}

/// Every state that the model can come to, if these are at most `states_max`; what goes wrong is a
/// state too.
inline std::set<std::string> reachable(const ir::Model& model, std::size_t states_max = 3'000) {
  std::vector<ir::Valuation> todo{ir::initial(model)};
  std::set<std::string> known{told(model, todo.front())};
  while (!todo.empty() && known.size() < states_max) {
    const ir::Valuation state = std::move(todo.back());
    todo.pop_back();
    for (const ir::Process& process : model.processes) {
      const int at = location(process, state);
      if (at == process.finished()) continue;
      for (const ir::Alternative& way : edit::step_at(process, at).alternatives) {
        if (!is_enabled(way, state)) continue;
        const Firing firing = fire(model, process, way, state);
        if (firing.broken != nullptr)
          known.insert("broken: " + firing.broken->text);
        else if (!firing.error.empty())
          known.insert("error: " + firing.error);
        else if (known.insert(told(model, firing.target)).second)
          todo.push_back(firing.target);
      }
    }
  }
  return known;
}

} // namespace stalemate::tests
