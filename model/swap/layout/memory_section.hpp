#pragma once

#include "model/scenario/shape.hpp"
#include "model/scenario/variety.hpp"
#include "model/swap/layout/memory_layout.hpp"

#include <nlohmann/json_fwd.hpp>

namespace stalemate::kernel::swap {

inline constexpr int pages_max = 2;
inline constexpr int frames_max = 8;
inline constexpr int slots_max = 2;
inline constexpr int entries_max = 2;
inline constexpr int free_max = 4;

/// What a scenario can say in its section `memory`.
[[nodiscard]] Shape memory_section();

/// The layout that a section of that shape describes.
[[nodiscard]] MemoryLayout memory_layout(const nlohmann::ordered_json& section);

/// A few anonymous pages, each with a slot, and memory for all of them.
[[nodiscard]] Variety memory_variety();

} // namespace stalemate::kernel::swap
