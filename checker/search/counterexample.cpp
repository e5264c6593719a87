#include "checker/search/counterexample.hpp"

#include "checker/program/ensure.hpp"
#include "checker/program/interpret.hpp"

#include <algorithm>
#include <optional>

namespace stalemate {

namespace {

/// Goes through states that are not those that stand for them, so with every transition: which may
/// be left out depends on who is who.
Program unreduced(const Program& program) {
  Program all = program;
  if (all.symmetry) all.alone.clear();
  all.symmetry.reset();
  return all;
}

/// One state after the other, with the targets of each.
class Walk {
 public:
  explicit Walk(const Program& program)
      : symmetry_(program.symmetry), program_(unreduced(program)),
        words_(static_cast<std::size_t>(program.layout.words())),
        targets_(static_cast<std::size_t>(program.successors_max) * words_),
        transitions_(static_cast<std::size_t>(program.successors_max)), room_(words_) {}

  Expansion from(const std::vector<Word>& state) {
    return expand(program_, state.data(), targets_.data(), transitions_.data());
  }
  [[nodiscard]] std::uint32_t transition(std::size_t number) const { return transitions_[number]; }
  void read(std::size_t number, std::vector<Word>& state) const {
    std::copy_n(targets_.data() + number * words_, words_, state.data());
  }
  /// The state that stands for a target.
  [[nodiscard]] const Word* stands_for(std::size_t number) {
    read(number, room_);
    if (symmetry_) symmetry_->canonicalise(room_.data(), 1);
    return room_.data();
  }

 private:
  const std::optional<Symmetry>& symmetry_;
  Program program_;
  std::size_t words_;
  std::vector<Word> targets_;
  std::vector<std::uint32_t> transitions_;
  std::vector<Word> room_;
};

} // namespace

Decision decision_of(const Program& program, std::uint32_t transition) {
  const AlternativeName& name = program.alternatives[program.transitions[transition].alternative];
  return {name.process, name.alternative};
}

Way way_to(const Program& program, const StateSet& seen, StateId id) {
  std::vector<StateId> way; // From the state back to the first one, which is left out.
  for (; id != 0; id = seen.parents.parent(id))
    way.push_back(id);

  Walk walk(program);
  Way result{{}, program.initial};
  for (; !way.empty(); way.pop_back()) {
    // A transition that fails would have ended the search: only those before it can be meant.
    const auto count = static_cast<std::size_t>(walk.from(result.state).count);
    std::size_t i = 0;
    while (i < count && !seen.is(way.back(), walk.stands_for(i)))
      ++i;
    ensure(i < count, "a state's parent leads to it");
    result.schedule.push_back(decision_of(program, walk.transition(i)));
    walk.read(i, result.state);
  }
  return result;
}

Schedule schedule_to(const Program& program, const StateSet& seen, StateId id) {
  return way_to(program, seen, id).schedule;
}

std::uint32_t first_to_fail(const Program& program, const std::vector<Word>& state) {
  const Expansion found = Walk(program).from(state);
  ensure(found.failed >= 0, "what fails under another name, fails");
  return static_cast<std::uint32_t>(found.failed);
}

} // namespace stalemate
