#include "model/swap/swap.hpp"

#include "model/swap/build_model.hpp"
#include "model/swap/knobs/knobs.hpp"
#include "model/swap/layout/memory_section.hpp"
#include "model/swap/paths.hpp"
#include "model/swap/properties.hpp"

namespace stalemate::kernel::swap {

Subsystem subsystem() {
  return {.name = "swap",
          .section = "memory",
          .text = "Memory, the swap area and the log at the start",
          .layout = memory_section(),
          .knobs = plain<Knob>(knobs()),
          .paths = plain<PathEntry>(paths()),
          .properties = plain<PropertyEntry>(properties()),
          .read_layout = [](const nlohmann::ordered_json& json) -> std::any {
            return memory_layout(json);
          },
          .small_layout = []() -> std::any {
            MemoryLayout memory;
            memory.frames = 1;
            memory.has_every_path = true;
            memory.pages = {Where::memory};
            memory.slots = {Backing::written};
            return memory;
          },
          .build = build_model};
}

} // namespace stalemate::kernel::swap
