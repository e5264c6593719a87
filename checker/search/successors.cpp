#include "checker/search/successors.hpp"

namespace stalemate {

namespace {

constexpr std::size_t targets_min = 128; ///< A batch is full from here on.

} // namespace

Successors::Successors(const Program& program)
    : targets(program.layout.words(),
              targets_min + static_cast<std::size_t>(program.successors_max)),
      transitions(targets.fresh.size()), passed(program.transitions.size()),
      state(static_cast<std::size_t>(program.layout.words())) {}

void expand_some(
    const Program& program, StateSet& seen, StateId first, std::uint64_t end, Successors& batch) {
  const auto words = static_cast<std::size_t>(program.layout.words());
  std::vector<Word>& state = batch.state;
  batch.first = first;
  batch.stop = Successors::Stop::no;
  batch.ends.clear();
  std::size_t& count = batch.targets.count;
  count = 0;

  for (std::uint64_t id = first; id < end && count < targets_min; ++id) {
    seen.read(static_cast<StateId>(id), state.data());
    const Expansion found = expand(program,
                                   state.data(),
                                   batch.targets.states.data() + count * words,
                                   batch.transitions.data() + count,
                                   batch.passed.data());
    const std::size_t before = count;
    count += static_cast<std::size_t>(found.count);
    seen.announce(batch.targets, before);
    batch.ends.push_back(count);

    if (found.failed >= 0) {
      batch.stop = Successors::Stop::failed;
      batch.failed = static_cast<std::uint32_t>(found.failed);
      return;
    }
    if (found.count == 0 && program.deadlock && !is_at_rest(program, state.data())) {
      batch.stop = Successors::Stop::deadlock;
      return;
    }
  }
}

bool is_deadlock(const Program& program, Successors& room) {
  const Expansion found =
      expand(program, room.state.data(), room.targets.states.data(), room.transitions.data());
  return found.count == 0 && found.failed < 0 && !is_at_rest(program, room.state.data());
}

std::optional<StateId> find_deadlock(const Program& program,
                                     const StateSet& seen,
                                     std::uint64_t first,
                                     std::uint64_t end) {
  Successors room(program);
  for (std::uint64_t id = first; id < end; ++id) {
    seen.read(static_cast<StateId>(id), room.state.data());
    if (is_deadlock(program, room)) return static_cast<StateId>(id);
  }
  return std::nullopt;
}

} // namespace stalemate
