#pragma once

#include "lockless/interface.hpp"
#include "model/scenario/shape.hpp"

#include <nlohmann/json_fwd.hpp>

namespace stalemate::kernel::lockless {

/// How executions of a protocol are chosen.
struct LocklessLayout {
  relacy::Bound bound;
  bool shows_all = false; ///< To show paths: several protocols side by side.
};

/// What a scenario can say in its section `lockless`.
[[nodiscard]] Shape lockless_section();

/// The layout that a section of that shape describes.
[[nodiscard]] LocklessLayout lockless_layout(const nlohmann::ordered_json& section);

} // namespace stalemate::kernel::lockless
