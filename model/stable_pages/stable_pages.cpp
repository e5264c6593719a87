#include "model/stable_pages/stable_pages.hpp"

#include "model/stable_pages/build_model.hpp"
#include "model/stable_pages/knobs/knobs.hpp"
#include "model/stable_pages/layout/anon_section.hpp"
#include "model/stable_pages/paths.hpp"
#include "model/stable_pages/properties.hpp"

namespace stalemate::kernel::stable_pages {

Subsystem subsystem() {
  return {.name = "stable_pages",
          .section = "anon",
          .text = "The anonymous page at the start, and who maps it",
          .layout = anon_section(),
          .knobs = plain<Knob>(knobs()),
          .paths = plain<PathEntry>(paths()),
          .properties = plain<PropertyEntry>(properties()),
          .read_layout = [](const nlohmann::ordered_json& json) -> std::any {
            return anon_layout(json);
          },
          .small_layout = []() -> std::any { return AnonLayout{}; },
          .build = build_model};
}

} // namespace stalemate::kernel::stable_pages
