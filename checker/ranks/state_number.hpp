#pragma once

#include <cstdint>

namespace stalemate {

/// Number of a state among those of all ranks, in the order in which one process alone would find
/// them. The initial state is 0.
using StateNumber = std::uint64_t;

} // namespace stalemate
