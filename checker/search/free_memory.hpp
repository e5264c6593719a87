#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace stalemate {

/// Bytes that the system can still give, by what it says itself and by the limits of the control
/// groups that we run in, of either version, up to their root; nothing if nobody says anything.
/// Memory is handed out before it is there, so a search without `memory_max` may be killed where it
/// should have ended in `incomplete`. `root`: where /proc and /sys are.
[[nodiscard]] std::optional<std::uint64_t>
memory_available(const std::filesystem::path& root = "/");

} // namespace stalemate
