#pragma once

#include "checker/search/limits.hpp"
#include "checker/search/reduced.hpp"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::cli {

/// The options of every command that searches.
struct SearchOptions {
  std::uint64_t states_max = 0; ///< 0: no limit.
  std::uint64_t memory_max = 0; ///< In bytes; 0: most of what is free.
  std::uint64_t time_max = 0;   ///< In milliseconds; 0: no limit.
  int threads = 1;
  std::string compile = "auto";    ///< A word: auto, always, never.
  std::vector<std::string> reduce; ///< Words: dead, ample, fuse, symmetry, equality, all.
  std::string store = "exact";     ///< A word: exact, tree, compact.
  std::uint64_t audit = 0;         ///< States; 0: no audit.
};

/// The group of those that say how far a search may go.
inline constexpr auto limits_group =
    "Limits (a search that reaches one ends as incomplete, status 3)";

/// The group of options that most never need, the last one in the help.
inline constexpr auto expert_options = "For experts";

/// Those that say how far a search may go.
void add_limits(CLI::App& command, SearchOptions& options);

/// Options of every command that searches.
void add_search_options(CLI::App& command, SearchOptions& options);

/// The limits of a search, which signals also end. Throws UsageError where options do not go
/// together.
[[nodiscard]] Limits limits_of(const SearchOptions& options);

[[nodiscard]] Reductions reductions_of(const SearchOptions& options);

} // namespace stalemate::cli
