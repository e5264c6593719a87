#pragma once

#include "checker/program/program.hpp"
#include "checker/store/state_set.hpp"

#include <cstdint>
#include <span>

namespace stalemate {

/// The states on a way from the initial one, each reached from the one before, as a set of their
/// own: what tells of a counterexample in the set of a whole search finds it here as well. The way
/// is told by which of its targets each state goes on to.
[[nodiscard]] StateSet chain_of(const Program& program, std::span<const std::uint32_t> way);

} // namespace stalemate
