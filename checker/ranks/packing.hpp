// States in messages: the bytes of each that are not always zero, one behind the other.
#pragma once

#include "checker/program/layout.hpp"
#include "checker/ranks/ranks.hpp"

#include <cstring>

namespace stalemate {

inline void append_state(Ranks::Message& message, const Word* state, std::size_t bytes) {
  const auto* first = reinterpret_cast<const std::byte*>(state);
  message.insert(message.end(), first, first + bytes);
}

/// The state with so many before it.
inline void read_state(const Ranks::Message& message,
                       std::size_t index,
                       std::size_t bytes,
                       Word* state,
                       std::size_t words) {
  state[words - 1] = 0;
  std::memcpy(state, message.data() + index * bytes, bytes);
}

} // namespace stalemate
