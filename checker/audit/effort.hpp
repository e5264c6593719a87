#pragma once

#include "checker/ir/model.hpp"
#include "checker/search/limits.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace stalemate {

/// How far the audits of a model may go, and what they have done. Of the limits, memory, time and
/// interrupts count, for all audits together.
class Effort {
 public:
  explicit Effort(std::size_t states_max, const Limits& limits = {});
  Effort(const Effort&) = delete;
  Effort& operator=(const Effort&) = delete;

  [[nodiscard]] std::size_t states_max() const { return states_max_; }

  /// Asked before each state; once it says no, all audits end.
  [[nodiscard]] bool goes_on();
  /// A state is remembered until the end of an audit.
  void keep(const ir::Valuation& state);
  /// What was kept is gone.
  void forget() { kept_ = 0; }
  /// Two things were compared that should be the same.
  void compared() { ++comparisons_; }

  [[nodiscard]] std::uint64_t comparisons() const { return comparisons_; }
  /// Why it ended early, in words; empty if it did not.
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  std::size_t states_max_;
  Limits limits_;
  Watch watch_;
  std::uint64_t comparisons_ = 0;
  std::uint64_t kept_ = 0; ///< Bytes, about.
  std::string reason_;
};

} // namespace stalemate
