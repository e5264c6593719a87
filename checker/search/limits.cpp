#include "checker/search/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace stalemate {

namespace {

/// The number in a file that holds just that.
std::optional<std::uint64_t> number_in(const char* file) {
  std::ifstream in(file);
  std::uint64_t number = 0;
  if (in >> number) return number;
  return std::nullopt;
}

std::optional<std::uint64_t> memory_of_system() {
  std::ifstream in("/proc/meminfo");
  std::string word;
  while (in >> word) {
    std::uint64_t kib = 0;
    if (word == "MemAvailable:" && in >> kib) return kib * 1024;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> memory_of_group() {
  const auto most = number_in("/sys/fs/cgroup/memory.max");
  const auto used = number_in("/sys/fs/cgroup/memory.current");
  if (!most || !used) return std::nullopt;
  return *most - std::min(*used, *most);
}

} // namespace

std::optional<std::uint64_t> memory_available() {
  const auto system = memory_of_system();
  const auto group = memory_of_group();
  return system && group ? std::min(system, group) : (system ? system : group);
}

std::optional<std::string> Watch::reason_to_stop() const {
  if (limits_.interrupted != nullptr && limits_.interrupted->load(std::memory_order_relaxed))
    return "interrupted";
  if (limits_.time_max && std::chrono::steady_clock::now() - started_ >= *limits_.time_max)
    return fmt::format("the time limit of {} ms is reached", limits_.time_max->count());
  return std::nullopt;
}

std::string reason_of(StateSet::Full full, const Limits& limits) {
  if (full == StateSet::Full::states)
    return limits.states_max < StateSet::states_limit
               ? fmt::format("the limit of {} states is reached", limits.states_max)
               : fmt::format("more than {} states", StateSet::states_limit);
  return fmt::format("the memory limit of {} bytes is reached", limits.memory_max);
}

std::string reason_of_depth(const Limits& limits) {
  return fmt::format("the limit of {} transitions from the initial state is reached",
                     limits.depth_max);
}

} // namespace stalemate
