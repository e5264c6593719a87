#pragma once

#include <cstdint>
#include <cstdlib>

namespace stalemate::tests {

/// True in `./dev soak`, which sets STALEMATE_SOAK in the environment.
inline bool is_soak() {
  return std::getenv("STALEMATE_SOAK") != nullptr;
}

/// True in `./dev agree`, which sets STALEMATE_ALL in the environment.
inline bool is_agree() {
  return std::getenv("STALEMATE_ALL") != nullptr;
}

/// How much a test tries: minutes for everybody, hours in `./dev soak`.
inline std::uint64_t amount(std::uint64_t usual, std::uint64_t soak) {
  return is_soak() ? soak : usual;
}

} // namespace stalemate::tests
