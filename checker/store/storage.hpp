#pragma once

#include <cstdint>

namespace stalemate {

/// What a set keeps of each state.
enum class Storage : std::uint8_t {
  exact,   ///< All of it.
  tree,    ///< All of it, in eight bytes and what many states share; see Folding.
  compact, ///< A hash only, so that states may be left out; see fingerprint().
};

} // namespace stalemate
