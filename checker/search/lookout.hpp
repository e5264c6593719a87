#pragma once

#include "checker/generate/compile.hpp"
#include "checker/program/program.hpp"
#include "checker/search/limits.hpp"
#include "checker/search/observer.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace stalemate {

/// Looks around while a search runs: has time run out, did a signal come, is it time for a report,
/// for a checkpoint, for code of its own?
class Lookout {
 public:
  Lookout(const Program& program, const Limits& limits, Observer& observer);

  /// What it does when it is time.
  struct Duties {
    std::function<Progress()> progress;
    std::function<void()> save; ///< Writes a checkpoint; null if there are none.
  };

  /// At the state with this number, every now and then: why the search must end, in words, or
  /// nothing. Before it ends a checkpoint is written.
  [[nodiscard]] std::optional<std::string> look(std::uint64_t state, const Duties& duties);

  /// Translates the program for this machine, now, and looks around meanwhile; the same answer.
  [[nodiscard]] std::optional<std::string> translate();

  [[nodiscard]] const Watch& watch() const { return watch_; }

 private:
  void translate_if_long(std::uint64_t states);

  const Program& program_;
  const Limits& limits_;
  Observer& observer_;
  Watch watch_;
  std::optional<NativeBuild> build_;
  std::uint64_t look_at_ = 0; ///< The next state at which it looks,
  std::uint64_t progress_at_; ///< and at which it reports.
  std::chrono::steady_clock::time_point saved_ = std::chrono::steady_clock::now();
};

} // namespace stalemate
