#pragma once

#include "checker/program/program.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

namespace stalemate {

/// An instruction, and whether what it reads is the target already.
struct Place {
  std::int64_t at = 0;
  bool is_target = false;

  friend auto operator<=>(const Place&, const Place&) = default;
};

/// Every place that a piece of code can come to.
class Flow {
 public:
  /// From these entries on.
  Flow(const Bytecode& code, const std::vector<Entry>& entries);

  /// In the order in which they are written down.
  [[nodiscard]] const std::set<Place>& places() const { return places_; }
  /// Does somebody jump there, or come from a place that is not the one before it?
  [[nodiscard]] bool needs_label(const Place& place) const { return labels_.contains(place); }

  [[nodiscard]] const Instruction& at(const Place& place) const {
    return code_.instructions[static_cast<std::size_t>(place.at)];
  }
  /// The distances that a split can jump.
  [[nodiscard]] std::span<const std::int32_t> jumps_of(const Instruction& split) const;

 private:
  [[nodiscard]] std::optional<Place> follower_of(const Place& place) const;
  void reach(const Place& place, bool is_jump);
  void follow(const Place& place);

  const Bytecode& code_;
  std::set<Place> places_;
  std::set<Place> labels_;
  std::vector<Place> open_;
};

} // namespace stalemate
