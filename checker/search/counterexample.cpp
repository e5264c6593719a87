#include "checker/search/counterexample.hpp"

#include "checker/program/definition.hpp"
#include "checker/program/ensure.hpp"
#include "checker/program/interpret.hpp"

#include <optional>

namespace stalemate {

namespace {

/// What may be done in a state, by definition: nothing is left out, since that depends on who is
/// who, and a step that fails does not hide those behind it.
template <typename Visit>
void for_each_firing(const Program& program, const std::vector<Word>& state, Visit visit) {
  const ir::Valuation values = program.layout.unpack(state.data());
  for (std::size_t p = 0; p < program.model.processes.size(); ++p) {
    const ir::Process& process = program.model.processes[p];
    const int at = location(process, values);
    if (at == process.finished()) continue;
    const auto& alternatives = process.steps[static_cast<std::size_t>(at)].alternatives;
    for (std::size_t a = 0; a < alternatives.size(); ++a) {
      if (!is_enabled(alternatives[a], values)) continue;
      const Firing firing = fire(program.model, process, alternatives[a], values);
      const AlternativeName name{static_cast<int>(p), at, static_cast<int>(a)};
      if (visit(name, firing)) return;
    }
  }
}

bool has_failed(const Firing& firing) {
  return firing.broken != nullptr || !firing.error.empty();
}

using States = std::vector<std::vector<Word>>;

/// Where the search goes on to from a target, as it is kept: at first it is there, at last at what
/// it stores.
States passed_from(const Program& program, std::vector<Word> kept) {
  States states{kept};
  if (program.goes_on)
    while (go_on(program, kept.data()))
      states.push_back(kept);
  return states;
}

/// Goes the first step that leads to a state for which the right one is kept.
template <typename IsRight>
void extend(const Program& program, Way& way, IsRight is_right) {
  std::vector<Word> target(program.initial.size());
  std::vector<Word> kept(program.initial.size());
  bool is_found = false;
  for_each_firing(program, way.state, [&](const AlternativeName& name, const Firing& firing) {
    if (has_failed(firing)) return false;
    program.layout.pack(firing.target, target.data());
    kept = target;
    if (program.symmetry) program.symmetry->canonicalise(kept.data(), 1);
    is_found = is_right(kept);
    if (is_found) way.schedule.push_back({name.process, name.alternative});
    return is_found;
  });
  ensure(is_found, "a state's parent leads to it");
  way.state = target;
}

} // namespace

Decision decision_of(const Program& program, std::uint32_t transition) {
  const AlternativeName& name = program.alternatives[program.transitions[transition].alternative];
  return {name.process, name.alternative};
}

Way way_to(const Program& program, const StateSet& seen, StateId id) {
  std::vector<StateId> way; // From the state back to the first one, which is left out.
  for (; id != 0; id = seen.parents.parent(id))
    way.push_back(id);

  Way result{{}, program.initial};
  for (; !way.empty(); way.pop_back()) {
    States passed;
    extend(program, result, [&](const std::vector<Word>& kept) {
      passed = passed_from(program, kept);
      return seen.is(way.back(), passed.back().data());
    });
    for (std::size_t i = 1; i < passed.size(); ++i)
      extend(program, result, [&](const std::vector<Word>& kept) { return kept == passed[i]; });
  }
  return result;
}

Schedule schedule_to(const Program& program, const StateSet& seen, StateId id) {
  return way_to(program, seen, id).schedule;
}

AlternativeName first_to_fail(const Program& program, const std::vector<Word>& state) {
  std::optional<AlternativeName> first;
  for_each_firing(program, state, [&](const AlternativeName& name, const Firing& firing) {
    if (has_failed(firing)) first = name;
    return first.has_value();
  });
  ensure(first.has_value(), "what fails under another name, fails");
  return *first;
}

} // namespace stalemate
