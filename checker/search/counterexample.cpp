#include "checker/search/counterexample.hpp"

#include "checker/program/ensure.hpp"
#include "checker/program/interpret.hpp"

#include <algorithm>

namespace stalemate {

Decision decision_of(const Program& program, std::uint32_t transition) {
  const AlternativeName& name = program.alternatives[program.transitions[transition].alternative];
  return {name.process, name.alternative};
}

Schedule schedule_to(const Program& program, const StateSet& seen, StateId id) {
  std::vector<StateId> way; // From the state back to the first one, which is left out.
  for (; id != 0; id = seen.parents.parent(id))
    way.push_back(id);

  const auto words = static_cast<std::size_t>(program.layout.words());
  const auto room = static_cast<std::size_t>(program.successors_max);
  std::vector<Word> state = program.initial;
  std::vector<Word> targets(room * words);
  std::vector<std::uint32_t> transitions(room);
  Schedule schedule;
  for (; !way.empty(); way.pop_back()) {
    // A transition that fails would have ended the search: only those before it can be meant.
    const auto found = expand(program, state.data(), targets.data(), transitions.data());
    std::size_t i = 0;
    while (i < static_cast<std::size_t>(found.count) &&
           !seen.is(way.back(), targets.data() + i * words))
      ++i;
    ensure(i < static_cast<std::size_t>(found.count), "a state's parent leads to it");
    schedule.push_back(decision_of(program, transitions[i]));
    std::copy_n(targets.data() + i * words, words, state.data());
  }
  return schedule;
}

} // namespace stalemate
