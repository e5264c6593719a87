#include "model/dax/dax.hpp"

#include "model/dax/build_model.hpp"
#include "model/dax/knobs/knobs.hpp"
#include "model/dax/layout/dax_section.hpp"
#include "model/dax/paths.hpp"
#include "model/dax/properties.hpp"

namespace stalemate::kernel::dax {

Subsystem subsystem() {
  return {.name = "dax",
          .section = "dax",
          .text = "The DAX file at the start, whose blocks are mapped memory",
          .layout = dax_section(),
          .knobs = plain<Knob>(knobs()),
          .paths = plain<PathEntry>(paths()),
          .properties = plain<PropertyEntry>(properties()),
          .read_layout = [](const nlohmann::ordered_json& json) -> std::any {
            return dax_layout(json);
          },
          .small_layout = []() -> std::any {
            return DaxLayout{.offsets = {Offset::present, Offset::hole},
                             .free_blocks = 1,
                             .has_every_worker = true};
          },
          .build = build_model};
}

} // namespace stalemate::kernel::dax
