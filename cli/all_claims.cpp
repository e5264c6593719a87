#include "cli/all_claims.hpp"

#include "checker/ir/validate.hpp"
#include "checker/search/observer.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/subsystem.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace stalemate::cli {

namespace {

/// What lockdep says of every system call: "lock held when returning to user space".
constexpr auto no_lock_left = "no_lock_left";

/// Leaves out of the list what the error is about; is it one of the list?
bool leave_out(kernel::Scenario& scenario, const kernel::ScenarioError& error) {
  static const std::string list = "/properties/";
  if (!error.pointer().starts_with(list)) return false;
  const std::size_t number = std::stoul(error.pointer().substr(list.size()));
  if (number >= scenario.properties.size() || scenario.properties.size() == 1) return false;
  scenario.properties.erase(scenario.properties.begin() + static_cast<std::ptrdiff_t>(number));
  return true;
}

void add(std::vector<std::string>& names, const std::string& name) {
  if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

/// What it asks, what it would ask if it listed nothing, and what is asked on request only.
std::vector<std::string> all_claims(const Candidate& candidate) {
  std::vector<std::string> names;
  for (const ir::Property& property : candidate.model.properties)
    names.push_back(property.name);
  // What is usual depends on the layout, which only the model knows. Paths of the scenario's own
  // may check a claim by name: that has to be listed.
  kernel::Scenario scenario = candidate.scenario;
  if (scenario.own.paths.empty()) scenario.properties.clear();
  for (const ir::Property& property : build_with_claims(scenario).properties)
    add(names, property.name);
  for (const kernel::PropertyEntry& entry : scenario.subsystem->properties)
    if (entry.on_request) add(names, entry.name); // What cannot be asked is left out below.
  add(names, no_lock_left); // The last: numbers in errors are those of the scenario's list.
  return names;
}

void claim_no_lock_left(ir::Model& model) {
  ir::Property property;
  property.name = no_lock_left;
  property.claim = "who has ended holds no lock";
  for (int v = 0; v < static_cast<int>(model.variables.size()); ++v) {
    const ir::Variable& lock = model.variables[static_cast<std::size_t>(v)];
    if (lock.kind != ir::Kind::holder || lock.shape.size() > 1) continue;
    for (int cell = 0; cell < lock.cells(); ++cell)
      for (int p = 0; p < static_cast<int>(model.processes.size()); ++p) {
        const ir::Process& process = model.processes[static_cast<std::size_t>(p)];
        if (lock.owner != ir::shared || p + 1 > lock.range.high || process.location == ir::none)
          continue;
        const ir::Variable& at = model.variables[static_cast<std::size_t>(process.location)];
        const auto is_elsewhere = ir::combine(
            ir::Op::not_equal,
            {ir::load(process.location, at.range, nullptr), ir::constant(process.finished())});
        const auto is_not_its =
            ir::combine(ir::Op::not_equal,
                        {ir::load(v, lock.range, lock.shape.empty() ? nullptr : ir::constant(cell)),
                         ir::constant(p + 1)});
        property.parts.push_back({ir::combine(ir::Op::either, {is_elsewhere, is_not_its}),
                                  process.name + " has ended with " + ir::cell_name(lock, cell)});
      }
  }
  if (!property.parts.empty()) model.properties.push_back(std::move(property));
}

ir::Model built(const kernel::Scenario& scenario) {
  kernel::Scenario listed = scenario;
  const bool is_asked = std::erase(listed.properties, no_lock_left) > 0;
  ir::Model model = kernel::build_model(listed);
  if (is_asked) claim_no_lock_left(model);
  return model;
}

} // namespace

ir::Model build_with_claims(kernel::Scenario& scenario) {
  for (;;) {
    try {
      return built(scenario);
    } catch (const kernel::ScenarioError& error) {
      if (!leave_out(scenario, error)) throw;
    }
  }
}

std::pair<Candidate, Finding>
with_all_claims(const Candidate& candidate, Finding finding, const Limits& limits) {
  try {
    Candidate more = candidate;
    more.scenario.expect = {};
    more.scenario.properties = all_claims(candidate);
    Observer nobody;
    while (!more.scenario.properties.empty()) {
      more.model = build_with_claims(more.scenario);
      Finding found = find(more, limits, {}, nobody);
      const Result& result = found.shown();
      if (result.verdict == Verdict::holds) return {std::move(more), std::move(found)};
      if (result.verdict == Verdict::incomplete || result.verdict == Verdict::model_error) break;
      // What the candidate asks holds all the same; this does not.
      const auto broken = static_cast<std::size_t>(result.property);
      if (std::erase(more.scenario.properties, more.model.properties.at(broken).name) == 0) break;
    }
  } catch (const kernel::ScenarioError&) {
    // Its own steps check a claim by name, which is no longer there.
  } catch (const ir::InvalidModel&) {
  }
  return {candidate, std::move(finding)};
}

} // namespace stalemate::cli
