#pragma once

#include "model/dax/layout/dax_layout.hpp"
#include "model/scenario/shape.hpp"
#include "model/scenario/variety.hpp"

#include <nlohmann/json_fwd.hpp>

namespace stalemate::kernel::dax {

/// The largest file that a scenario can have.
inline constexpr int offsets_max = 4;

/// What a scenario can say in its section `dax`.
[[nodiscard]] Shape dax_section();

/// The layout that a section of that shape describes.
[[nodiscard]] DaxLayout dax_layout(const nlohmann::ordered_json& section);

/// The files of a few pages.
[[nodiscard]] Variety dax_variety();

} // namespace stalemate::kernel::dax
