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
  const auto words = static_cast<std::size_t>(program.layout.words());
  const auto room = static_cast<std::size_t>(program.successors_max);
  std::vector<Word> child(words);
  std::vector<Word> parent(words);
  std::vector<Word> targets(room * words);
  std::vector<std::uint32_t> transitions(room);

  Schedule schedule;
  seen.read(id, child.data());
  while (id != 0) {
    const StateId before = seen.parents.parent(id);
    ensure(before < id, "a state was found before the states that it leads to");
    seen.read(before, parent.data());
    // A transition that fails would have ended the search: only those before it can be meant.
    const auto found = expand(program, parent.data(), targets.data(), transitions.data());
    std::size_t i = 0;
    while (i < static_cast<std::size_t>(found.count) &&
           !std::equal(child.begin(), child.end(), targets.begin() + static_cast<long>(i * words)))
      ++i;
    ensure(i < static_cast<std::size_t>(found.count), "a state's parent leads to it");
    schedule.push_back(decision_of(program, transitions[i]));
    child.swap(parent);
    id = before;
  }
  std::ranges::reverse(schedule);
  return schedule;
}

} // namespace stalemate
