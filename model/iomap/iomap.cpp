#include "model/iomap/iomap.hpp"

#include "model/iomap/build_model.hpp"
#include "model/iomap/knobs/knobs.hpp"
#include "model/iomap/layout/file_section.hpp"
#include "model/iomap/paths.hpp"
#include "model/iomap/properties.hpp"

namespace stalemate::kernel::iomap {

Subsystem subsystem() {
  return {.name = "iomap",
          .section = "file",
          .text = "The file at the start",
          .layout = file_section(),
          .knobs = plain<Knob>(knobs()),
          .paths = plain<PathEntry>(paths()),
          .properties = plain<PropertyEntry>(properties()),
          .read_layout = [](const nlohmann::ordered_json& json) -> std::any {
            return file_layout(json);
          },
          .small_layout = []() -> std::any {
            FileLayout file;
            file.blocks = {Extent::unwritten};
            file.has_every_path = true;
            return file;
          },
          .build = build_model};
}

} // namespace stalemate::kernel::iomap
