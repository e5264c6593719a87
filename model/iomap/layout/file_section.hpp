#pragma once

#include "model/iomap/layout/file_layout.hpp"
#include "model/scenario/shape.hpp"

#include <nlohmann/json_fwd.hpp>

namespace stalemate::kernel::iomap {

/// The largest file that a scenario can have.
inline constexpr int blocks_max = 8;
inline constexpr int segments_per_block_max = 4;
inline constexpr int blocks_per_folio_max = 4;
/// The most errors of a kind that a scenario can have.
inline constexpr int errors_max = 2;

/// What a scenario can say in its section `file`.
[[nodiscard]] Shape file_section();

/// The layout that a section of that shape describes.
[[nodiscard]] FileLayout file_layout(const nlohmann::ordered_json& section);

} // namespace stalemate::kernel::iomap
