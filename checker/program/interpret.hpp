#pragma once

#include "checker/program/program.hpp"

#include <cstdint>
#include <optional>

namespace stalemate {

/// What expanding a state found.
struct Expansion {
  int count = 0;            ///< Transitions that were written.
  std::int64_t failed = -1; ///< Index of a transition that breaks a check or leaves a range.
};

/// Fires every enabled alternative of every process, in their order. Writes the target states, one
/// behind the other, and the numbers of the transitions; there must be room for successors_max of
/// both. Stops at the first transition that fails. What a reduction of the program leaves out is
/// left out here: see Program::alone, goes_on and symmetry. Transitions behind the first one on the
/// way to a target are counted in `passed`, by number, if that is not null.
[[nodiscard]] Expansion expand(const Program& program,
                               const Word* state,
                               Word* targets,
                               std::uint32_t* transitions,
                               std::uint64_t* passed = nullptr);

/// If one process may move alone, has one way to go, and changes nothing that a claim looks at:
/// lets it move, and returns the number of the transition. For a program that goes on; the state is
/// one that stands for others, if there are symmetries, and so is what becomes of it.
[[nodiscard]] std::optional<std::uint32_t> go_on(const Program& program, Word* state);

/// Runs code that ends in `answer`; Program::holds_all if it ends without.
[[nodiscard]] std::int32_t ask(const Program& program, Entry entry, const Word* state);

/// True if every process has ended or may rest in this state for ever.
[[nodiscard]] bool is_at_rest(const Program& program, const Word* state);

} // namespace stalemate
