#include "checker/audit/ample_sets.hpp"

#include "checker/audit/sample.hpp"
#include "checker/program/definition.hpp"
#include "checker/reduce/ample.hpp"

namespace stalemate {

namespace {

std::vector<std::size_t> steps_in(const ir::Model& model, const ir::Valuation& state) {
  std::vector<std::size_t> steps;
  steps.reserve(model.processes.size());
  for (const ir::Process& process : model.processes)
    steps.push_back(static_cast<std::size_t>(location(process, state)));
  return steps;
}

/// Does what another can do here change what the process that is alone can do, or depend on it?
bool is_disturbed(const ir::Model& model,
                  const ir::Valuation& state,
                  const Meant& alone,
                  const Meant& other) {
  const auto theirs = state_after(model, other, state);
  if (!theirs) return false;
  if (!is_enabled(alone.alternative, state)) return is_enabled(alone.alternative, *theirs);
  if (!state_after(model, alone, state)) return false; // It fails: that is what will be found.
  const auto last = state_after(model, other, alone, state);
  return !last || last != state_after(model, alone, other, state);
}

} // namespace

std::vector<std::string> audit_ample_sets(const ir::Model& model, std::size_t states_max) {
  std::vector<std::string> complaints;
  Program program = compile(model);
  find_ample_sets(program);
  for (const ir::Valuation& state : first_states(model, states_max)) {
    const auto steps = steps_in(model, state);
    const auto decisions = alternatives_at(model, state);
    for (const Decision a : decisions) {
      if (!may_move_alone(program, static_cast<std::size_t>(a.process), steps)) continue;
      for (const Decision b : decisions)
        if (a.process != b.process &&
            is_disturbed(model, state, meant_by(model, state, a), meant_by(model, state, b)))
          complaints.push_back(text_of(model, state, a) +
                               " is not alone: " + text_of(model, state, b));
    }
  }
  return complaints;
}

} // namespace stalemate
