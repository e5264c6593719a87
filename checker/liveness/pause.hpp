#pragma once

#include "checker/search/limits.hpp"

#include <optional>
#include <string>

namespace stalemate {

/// Looks now and then whether a long computation has to end. Everything here returns false once it
/// has to; `reason` then says why.
class Pause {
 public:
  explicit Pause(const Watch& watch) : watch_(watch) {}

  /// True if the computation may go on. Cheap enough for every state.
  [[nodiscard]] bool goes_on() {
    if (++calls_ % distance == 0) reason = watch_.reason_to_stop();
    return !reason;
  }

  std::optional<std::string> reason;

 private:
  static constexpr std::uint64_t distance = 4096;

  const Watch& watch_;
  std::uint64_t calls_ = 0;
};

} // namespace stalemate
