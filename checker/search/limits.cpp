#include "checker/search/limits.hpp"

#include <fmt/format.h>

namespace stalemate {

std::optional<std::string> Watch::reason_to_stop() const {
  if (limits_.interrupted != nullptr && limits_.interrupted->load(std::memory_order_relaxed))
    return "interrupted";
  if (limits_.time_max && std::chrono::steady_clock::now() - started_ >= *limits_.time_max)
    return reason_of_time(limits_);
  return std::nullopt;
}

std::string reason_of(StateSet::Full full, const Limits& limits) {
  if (full == StateSet::Full::states)
    return limits.states_max < limits.numbers_max
               ? reason_of_states(limits)
               : fmt::format("more than {} states", limits.numbers_max);
  return fmt::format("the memory limit of {} bytes is reached", limits.memory_max);
}

std::string reason_of_states(const Limits& limits) {
  return fmt::format("the limit of {} states is reached", limits.states_max);
}

std::string reason_of_time(const Limits& limits) {
  return fmt::format("the time limit of {} ms is reached", limits.time_max->count());
}

std::string reason_of_depth(const Limits& limits) {
  return fmt::format("the limit of {} transitions from the initial state is reached",
                     limits.depth_max);
}

} // namespace stalemate
