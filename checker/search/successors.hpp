#pragma once

#include "checker/program/interpret.hpp"
#include "checker/store/state_set.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace stalemate {

/// The transitions out of some consecutive states of the frontier, in the order in which expanding
/// one state after the other would meet them. Large enough to keep many memory accesses under way,
/// small enough for the first level of the cache.
struct Successors {
  explicit Successors(const Program& program);

  /// How the expansion of a state ended the batch, if it did.
  enum class Stop : std::uint8_t { no, failed, deadlock };

  Candidates targets;
  std::vector<std::uint32_t> transitions; ///< Of each target: index into Program::transitions.
  std::vector<std::size_t> ends;          ///< Of each expanded state: index behind its last target.
  std::vector<std::uint64_t> passed;      ///< By transition: how often it was passed on the way.
  StateId first = 0;                      ///< The first state that was expanded.
  Stop stop = Stop::no;
  std::uint32_t failed = 0; ///< The transition that failed, out of the last state.
  std::vector<Word> state;  ///< Room for the state that is being expanded.
};

/// Expanding one state after the other, whoever has them: begins, and expands the state in
/// `batch.state`. False if the batch is full, or if the state breaks a claim by itself.
void begin_batch(Successors& batch);
[[nodiscard]] bool expand_next(const Program& program, Successors& batch);

/// Expands states from `first` up to before `end`, until the batch is full or one breaks a claim
/// by itself: a step that fails, or a deadlock if the program forbids it. Announces the targets.
void expand_some(
    const Program& program, StateSet& seen, StateId first, std::uint64_t end, Successors& batch);

/// Does nothing leave the state in `room`, which is not at rest?
[[nodiscard]] bool is_deadlock(const Program& program, Successors& room);

/// The first state from `first` up to before `end` that nothing leaves and that is not at rest.
[[nodiscard]] std::optional<StateId>
find_deadlock(const Program& program, const StateSet& seen, std::uint64_t first, std::uint64_t end);

} // namespace stalemate
