#pragma once

#include "model/scenario/shape.hpp"
#include "model/scenario/variety.hpp"
#include "model/stable_pages/layout/anon_layout.hpp"

#include <nlohmann/json_fwd.hpp>

namespace stalemate::kernel::stable_pages {

/// What a scenario can say in its section `anon`.
[[nodiscard]] Shape anon_section();

/// The layout that a section of that shape describes.
[[nodiscard]] AnonLayout anon_layout(const nlohmann::ordered_json& section);

/// The page, mapped by one or several.
[[nodiscard]] Variety anon_variety();

} // namespace stalemate::kernel::stable_pages
