#include "checker/audit/ample_sets.hpp"

#include "checker/audit/sample.hpp"
#include "checker/program/definition.hpp"
#include "checker/reduce/ample.hpp"

namespace stalemate {

namespace {

std::vector<std::size_t> spots_in(const Program& program, const ir::Valuation& state) {
  std::vector<std::size_t> spots;
  spots.reserve(program.spots.size());
  for (const Spots& one : program.spots)
    spots.push_back(one.at(state));
  return spots;
}

/// The process's one enabled alternative, or `several`.
int enabled_one(const ir::Model& model,
                const ir::Valuation& state,
                const std::vector<Decision>& decisions,
                Decision enabled) {
  for (const Decision other : decisions)
    if (other.process == enabled.process && other.alternative != enabled.alternative &&
        is_enabled(meant_by(model, state, other).alternative, state))
      return several;
  return enabled.alternative;
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

std::vector<std::string> audit_ample_sets(const ir::Model& model, Effort& effort) {
  std::vector<std::string> complaints;
  Program program = compile(model);
  find_ample_sets(program);
  if (program.alone.empty()) return complaints;
  for (const ir::Valuation& state : first_states(model, effort)) {
    if (!effort.goes_on()) break;
    const auto spots = spots_in(program, state);
    const auto decisions = alternatives_at(model, state);
    for (const Decision a : decisions) {
      if (!is_enabled(meant_by(model, state, a).alternative, state)) continue;
      const auto process = static_cast<std::size_t>(a.process);
      if (!may_move_alone(program, process, enabled_one(model, state, decisions, a), spots))
        continue;
      for (const Decision b : decisions) {
        effort.compared();
        if (a.process != b.process &&
            is_disturbed(model, state, meant_by(model, state, a), meant_by(model, state, b)))
          complaints.push_back(text_of(model, state, a) +
                               " is not alone: " + text_of(model, state, b));
      }
    }
  }
  return complaints;
}

} // namespace stalemate
