#pragma once

#include "checker/search/limits.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>

namespace stalemate::cli {

/// The options of every command that searches.
struct LimitOptions {
  std::uint64_t states_max = 0; ///< 0: no limit.
  std::uint64_t memory_max = 0; ///< In bytes; 0: most of what is free.
  std::uint64_t time_max = 0;   ///< In milliseconds; 0: no limit.
  int threads = 1;
};

void add_limits(CLI::App& command, LimitOptions& options);

/// The limits of a search, which signals also end.
[[nodiscard]] Limits limits_of(const LimitOptions& options);

} // namespace stalemate::cli
