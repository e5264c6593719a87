#include "checker/liveness/standing.hpp"

#include "checker/program/interpret.hpp"

namespace stalemate {

Standings::Standings(const Program& program) : program_(program) {
  for (const ir::Process& process : program.model.processes) {
    auto& places = places_.emplace_back();
    for (int s = 0; s < process.finished(); ++s)
      places.push_back(
          {false, process.steps[static_cast<std::size_t>(s)].idle, ir::fairness_at(process, s)});
    places.push_back({true, false, ir::Fairness::unfair});
  }
  for (const Transition& transition : program.transitions)
    processes_.push_back(program.alternatives[transition.alternative].process);
}

Standing Standings::of(const Word* state) const {
  Standing standing;
  for (std::size_t p = 0; p < places_.size(); ++p) {
    const ProcessCode& code = program_.processes[p];
    const auto at = static_cast<std::size_t>(code.location.value(state));
    const Place& place = places_[p][at];
    if (place.is_end) continue;
    const ProcessSet self = only(static_cast<int>(p));
    if (place.fairness == ir::Fairness::weak) standing.weak |= self;
    if (place.fairness == ir::Fairness::strong) standing.strong |= self;
    if (!place.is_idle) standing.busy |= self;
    if (!place.is_idle || ask(program_, code.resting[at], state) != 1) standing.waiting |= self;
  }
  return standing;
}

ProcessSet Standings::alike(ProcessSet some) const {
  if (!program_.symmetry) return some;
  ProcessSet all = 0;
  for (std::size_t p = 0; p < places_.size(); ++p)
    if (has(some, static_cast<int>(p))) all |= program_.symmetry->alike[p];
  return all;
}

} // namespace stalemate
