#include "checker/audit/effort.hpp"

namespace stalemate {

Effort::Effort(std::size_t states_max, const Limits& limits)
    : states_max_(states_max), limits_(limits), watch_(limits_) {}

bool Effort::goes_on() {
  if (!reason_.empty()) return false;
  if (kept_ > limits_.memory_max)
    reason_ = reason_of(StateSet::Full::memory, limits_);
  else if (const auto reason = watch_.reason_to_stop())
    reason_ = *reason;
  return reason_.empty();
}

void Effort::keep(const ir::Valuation& state) {
  // In a list and in a set.
  for (const auto& cells : state)
    kept_ += 2 * (sizeof cells + cells.size() * sizeof cells.front());
}

} // namespace stalemate
