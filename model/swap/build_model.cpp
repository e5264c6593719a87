#include "model/swap/build_model.hpp"

#include "model/scenario/record_model.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/swap/frame_count.hpp"
#include "model/swap/knobs/knobs.hpp"
#include "model/swap/objects/world.hpp"
#include "model/swap/paths.hpp"
#include "model/swap/properties.hpp"
#include "model/swap/refusals.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::swap {

namespace {

/// For the I/O of every page a device.
void add_devices(std::vector<Cast>& cast, const Setup& setup) {
  if (setup.memory.pages.empty() || setup.kernel.synchronous_device) return;
  for (int f = 0; f < setup.memory.frames; ++f)
    cast.push_back({fmt::format("disk{}", f), "disk", {{"page", f}}});
}

} // namespace

ir::Model build_model(const Scenario& scenario) {
  Setup setup{.memory = std::any_cast<const MemoryLayout&>(scenario.layout),
              .kernel = kernel_with(knobs(), scenario.kernel),
              .processes = scenario.processes};
  auto cast = cast_of(scenario, plain<PathEntry>(paths()));
  refuse_scenario(scenario, setup, cast);
  // To show the shrinker takes an entry; the other paths are shown without zswap.
  if (setup.memory.has_every_path && first_process(setup, "zswap_shrinker") != ir::none)
    setup.memory.zswap.entries = 1;
  if (!setup.memory.has_every_path)
    setup.memory.frames = std::max(setup.memory.frames, frames_needed(setup, cast));
  add_devices(cast, setup);
  const auto names = names_of(cast);
  build::Model model(names, title_of(scenario));
  World world = declare_world(model, setup, names);
  declare_properties(model, world, scenario, properties());
  return record_processes(model, world, scenario, cast, paths(), properties());
}

} // namespace stalemate::kernel::swap
