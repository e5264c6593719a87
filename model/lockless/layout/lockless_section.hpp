#pragma once

#include "lockless/interface.hpp"
#include "model/scenario/shape.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>

namespace stalemate::kernel::lockless {

/// Who answers: Relacy, or the search under sequential consistency.
enum class Engine : std::uint8_t { relacy, search };

/// Who runs a protocol, and for Relacy how executions are chosen.
struct LocklessLayout {
  Engine engine = Engine::relacy;
  relacy::Bound bound;
  std::string lkmm;       ///< What the kernel's own memory model says, as noted; empty: nothing is.
  bool shows_all = false; ///< To show paths: several protocols side by side.
};

/// What a scenario can say in its section `lockless`.
[[nodiscard]] Shape lockless_section();

/// The layout that a section of that shape describes.
[[nodiscard]] LocklessLayout lockless_layout(const nlohmann::ordered_json& section);

} // namespace stalemate::kernel::lockless
