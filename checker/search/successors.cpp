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

void begin_batch(Successors& batch) {
  batch.stop = Successors::Stop::no;
  batch.ends.clear();
  batch.targets.count = 0;
}

bool expand_next(const Program& program, Successors& batch) {
  const auto words = static_cast<std::size_t>(program.layout.words());
  std::size_t& count = batch.targets.count;
  const Expansion found = expand(program,
                                 batch.state.data(),
                                 batch.targets.states.data() + count * words,
                                 batch.transitions.data() + count,
                                 batch.passed.data());
  count += static_cast<std::size_t>(found.count);
  batch.ends.push_back(count);
  if (found.failed >= 0) {
    batch.stop = Successors::Stop::failed;
    batch.failed = static_cast<std::uint32_t>(found.failed);
  } else if (found.count == 0 && program.deadlock && !is_at_rest(program, batch.state.data())) {
    batch.stop = Successors::Stop::deadlock;
  }
  return batch.stop == Successors::Stop::no && count < targets_min;
}

void expand_some(
    const Program& program, StateSet& seen, StateId first, std::uint64_t end, Successors& batch) {
  batch.first = first;
  begin_batch(batch);
  bool goes_on = true;
  for (std::uint64_t id = first; id < end && goes_on; ++id) {
    seen.read(static_cast<StateId>(id), batch.state.data());
    const std::size_t before = batch.targets.count;
    goes_on = expand_next(program, batch);
    seen.announce(batch.targets, before);
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
