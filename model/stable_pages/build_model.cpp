#include "model/stable_pages/build_model.hpp"

#include "model/scenario/record_model.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/stable_pages/knobs/knobs.hpp"
#include "model/stable_pages/objects/world.hpp"
#include "model/stable_pages/paths.hpp"
#include "model/stable_pages/properties.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::stable_pages {

namespace {

void check_mappers(const Scenario& scenario, const std::vector<Cast>& cast, int mappers) {
  for (std::size_t i = 0; i < cast.size(); ++i) {
    const auto mm = cast[i].options.find("mm");
    if (mm != cast[i].options.end() && mm->second >= mappers)
      refuse_option(scenario, i, "mm", fmt::format("the page is mapped by 0..{}", mappers - 1));
  }
}

} // namespace

ir::Model build_model(const Scenario& scenario) {
  const Setup setup{.layout = std::any_cast<const AnonLayout&>(scenario.layout),
                    .kernel = kernel_with(knobs(), scenario.kernel),
                    .processes = scenario.processes};
  const auto cast = cast_of(scenario, plain<PathEntry>(paths()));
  check_mappers(scenario, cast, setup.layout.mappers);
  build::Model model(names_of(cast), title_of(scenario));
  World world = declare_world(model, setup);
  declare_properties(model, world, scenario, properties());
  return record_processes(model, world, scenario, cast, paths());
}

} // namespace stalemate::kernel::stable_pages
