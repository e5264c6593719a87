#pragma once

#include "checker/store/state_set.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace stalemate {

class Checkpoints;
class Ranks;
struct DiskOptions;

/// How far a search may go. A search that would have to go further ends in `incomplete`; one that
/// needs exactly as much as a limit allows does not notice it.
struct Limits {
  static constexpr auto unlimited = std::numeric_limits<std::uint64_t>::max();

  std::uint64_t states_max = unlimited;
  std::uint64_t memory_max = unlimited; ///< Bytes for states, table and parents.
  std::uint64_t depth_max = unlimited;  ///< Transitions from the initial state.
  std::optional<std::chrono::milliseconds> time_max;
  /// From when on that counts; absent: from the beginning of each search.
  std::optional<std::chrono::steady_clock::time_point> since;
  Storage storage = Storage::exact;
  int hash_bits = fingerprint_bits; ///< Of Storage::compact; fewer than all are for tests.
  /// The most states that a set can number; fewer than it really can are for tests.
  std::uint64_t numbers_max = StateSet::states_limit;
  // The result does not depend on what follows.
  int threads = 1; ///< Of the search; more than one with Storage::exact only.
  /// Is the program's code translated for the machine?
  enum class Translation : std::uint8_t { never, when_long, at_once };
  Translation translation = Translation::never;
  std::uint64_t translate_from = 3'000'000; ///< States from which on a search is long.
  /// States of one level for which it is worth to set them all to work.
  std::uint64_t parallel_min = 4096;
  /// Even where one thread is faster, as beside another program; for tests and measurements.
  bool is_crew_kept = false;
  Ranks* ranks = nullptr;             ///< Who searches together; null for one process alone.
  std::uint64_t block_max = 8192;     ///< States that a rank expands at a time.
  const DiskOptions* disk = nullptr;  ///< For what memory does not hold; null for none.
  Checkpoints* checkpoints = nullptr; ///< Of all searches with these limits; null for none.
  const std::atomic<bool>* interrupted = nullptr; ///< Set by a signal handler, say; may be null.
};

/// Watches the clock and the interrupt flag during one search.
class Watch {
 public:
  explicit Watch(const Limits& limits)
      : limits_(limits), started_(limits.since.value_or(std::chrono::steady_clock::now())) {}

  /// Why the search must end, in words, or nothing. Cheap, but not for every transition.
  [[nodiscard]] std::optional<std::string> reason_to_stop() const;

 private:
  const Limits& limits_;
  std::chrono::steady_clock::time_point started_;
};

/// Why a full set ends the search, in words.
[[nodiscard]] std::string reason_of(StateSet::Full full, const Limits& limits);
/// Of limits that have one.
[[nodiscard]] std::string reason_of_time(const Limits& limits);
[[nodiscard]] std::string reason_of_depth(const Limits& limits);
[[nodiscard]] std::string reason_of_states(const Limits& limits);

} // namespace stalemate
