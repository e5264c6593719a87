#include "model/own/bring.hpp"

#include "checker/edit/unread.hpp"
#include "checker/ir/unchecked.hpp"
#include "checker/ir/validate.hpp"
#include "model/own/claims.hpp"
#include "model/own/patch.hpp"
#include "model/own/record.hpp"
#include "model/own/texts.hpp"
#include "model/own/unknown_step.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::own {

namespace {

void declare_locals(const Path& path, ir::Model& model) {
  for (int p = 0; p < static_cast<int>(model.processes.size()); ++p)
    if (model.processes[static_cast<std::size_t>(p)].path == path.name)
      for (const Variable& variable : path.state)
        declare(model, variable, p);
}

void record_steps(const Path& path, ir::Model& model) {
  if (path.steps.empty()) return;
  for (int p = 0; p < static_cast<int>(model.processes.size()); ++p)
    if (model.processes[static_cast<std::size_t>(p)].path == path.name)
      record(model, p, path.steps);
}

/// Claims that no step checks any more, since edits took the steps away. One that the scenario
/// lists is missed; others are not asked for here.
void drop_unchecked_claims(const Scenario& scenario, ir::Model& model) {
  for (const std::string& name : ir::drop_unchecked(model)) {
    const auto listed = std::ranges::find(scenario.properties, name);
    if (listed == scenario.properties.end()) continue;
    throw ScenarioError(
        below("/properties", static_cast<std::size_t>(listed - scenario.properties.begin())),
        "no step that is left checks it");
  }
}

void edit_and_claim(const Scenario& scenario, ir::Model& model) {
  const Own& own = scenario.own;
  const ir::Model before = model;
  try {
    for (const Path& path : own.paths) {
      const bool is_run = std::ranges::any_of(
          model.processes, [&](const ir::Process& process) { return process.path == path.name; });
      if (is_run) apply(path.patch, model, path.name);
    }
    apply(own.patch, model);
    add(own.claims, scenario.properties, model);
  } catch (const UnknownStep& error) {
    throw explained(scenario, before, error);
  }
}

} // namespace

void bring(const Scenario& scenario, ir::Model& model) {
  const Own& own = scenario.own;
  for (const Variable& variable : own.state)
    declare(model, variable);
  // All variables are there before the first step of a path is read: paths may name each other's.
  for (const Path& path : own.paths)
    declare_locals(path, model);
  for (const Path& path : own.paths)
    record_steps(path, model);
  // The steps of one may be about the variables of another, so all are there first.
  for (const Path& path : own.paths)
    for (const ir::Process& process : model.processes)
      if (process.path == path.name && !path.steps.empty())
        at_place(path.pointer, [&] { ir::validate(model, process); });
  const std::vector<bool> was_read = edit::is_read(model);
  edit_and_claim(scenario, model);
  if (!model.edits.empty()) edit::forget_unread(model, was_read);
  drop_unchecked_claims(scenario, model);
  at_place(own.claims.empty() ? "" : "/claims", [&] { ir::validate(model); });
}

} // namespace stalemate::kernel::own
