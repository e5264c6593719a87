#include "checker/audit/sample.hpp"

#include "checker/program/definition.hpp"

#include <fmt/format.h>

#include <set>

namespace stalemate {

std::vector<ir::Valuation> first_states(const ir::Model& model, Effort& effort) {
  std::vector<ir::Valuation> states{ir::initial(model)};
  std::set<ir::Valuation> seen{states.front()};
  effort.forget();
  for (std::size_t next = 0;
       next < states.size() && states.size() < effort.states_max() && effort.goes_on();
       ++next) {
    const ir::Valuation state = states[next];
    for (const Decision decision : alternatives_at(model, state)) {
      const auto [process, alternative] = meant_by(model, state, decision);
      if (!is_enabled(alternative, state)) continue;
      Firing firing = fire(model, process, alternative, state);
      const bool goes_on = firing.broken == nullptr && firing.error.empty();
      if (!goes_on || !seen.insert(firing.target).second) continue;
      effort.keep(firing.target);
      states.push_back(firing.target);
    }
  }
  return states;
}

std::vector<Decision> alternatives_at(const ir::Model& model, const ir::Valuation& state) {
  std::vector<Decision> all;
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    const ir::Process& process = model.processes[p];
    const int at = location(process, state);
    if (at == process.finished()) continue;
    const auto& alternatives = process.steps[static_cast<std::size_t>(at)].alternatives;
    for (std::size_t a = 0; a < alternatives.size(); ++a)
      all.push_back({static_cast<int>(p), static_cast<int>(a)});
  }
  return all;
}

Meant meant_by(const ir::Model& model, const ir::Valuation& state, Decision decision) {
  const ir::Process& process = model.processes[static_cast<std::size_t>(decision.process)];
  const auto at = static_cast<std::size_t>(location(process, state));
  return {process, process.steps[at].alternatives[static_cast<std::size_t>(decision.alternative)]};
}

std::string text_of(const ir::Model& model, const ir::Valuation& state, Decision decision) {
  const ir::Process& process = model.processes[static_cast<std::size_t>(decision.process)];
  const auto at = static_cast<std::size_t>(location(process, state));
  return fmt::format(
      "{}: {}, alternative {}", process.name, process.steps[at].phrase, decision.alternative);
}

std::optional<ir::Valuation>
state_after(const ir::Model& model, const Meant& meant, const ir::Valuation& state) {
  if (!is_enabled(meant.alternative, state)) return std::nullopt;
  Firing firing = fire(model, meant.process, meant.alternative, state);
  if (firing.broken != nullptr || !firing.error.empty()) return std::nullopt;
  return std::move(firing.target);
}

std::optional<ir::Valuation> state_after(const ir::Model& model,
                                         const Meant& one,
                                         const Meant& two,
                                         const ir::Valuation& state) {
  const auto between = state_after(model, one, state);
  return between ? state_after(model, two, *between) : std::nullopt;
}

} // namespace stalemate
