#include "model/iomap/build_model.hpp"

#include "model/iomap/knobs/knobs.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths.hpp"
#include "model/iomap/properties.hpp"
#include "model/iomap/refusals.hpp"
#include "model/scenario/record_model.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

namespace {

/// What the scenario lists, for every block its I/O, and for every direct request its bios.
std::vector<Cast> cast_for(const Scenario& scenario, const Setup& setup) {
  const Geometry geometry(setup.file);
  std::vector<Cast> cast = cast_of(scenario, plain<PathEntry>(paths()));
  refuse_processes(scenario, setup, cast);
  for (int b = 0; setup.writes_back() && b < geometry.blocks; ++b)
    cast.push_back({fmt::format("ioend{}", b), "io_completion", {{"block", b}}});
  for (int p = 0, rank = 0; p < static_cast<int>(setup.processes.size()); ++p) {
    const ProcessSpec& process = setup.processes[static_cast<std::size_t>(p)];
    if (process.runs("dio_write") || process.runs("dio_read"))
      cast.push_back({fmt::format("bios{}", rank++), "dio_completion", {{"of", p}}});
  }
  return cast;
}

} // namespace

ir::Model build_model(const Scenario& scenario) {
  const Setup setup{.file = std::any_cast<const FileLayout&>(scenario.layout),
                    .kernel = kernel_with(knobs(), scenario.kernel),
                    .processes = scenario.processes};
  const auto cast = cast_for(scenario, setup);
  const auto names = names_of(cast);
  build::Model model(names, title_of(scenario));
  World world = declare_world(model, setup, names);
  declare_properties(model, world, scenario, properties());
  return record_processes(model, world, scenario, cast, paths(), properties());
}

} // namespace stalemate::kernel::iomap
