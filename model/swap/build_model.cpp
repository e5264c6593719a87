#include "model/swap/build_model.hpp"

#include "model/scenario/record_model.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/swap/knobs/knobs.hpp"
#include "model/swap/objects/world.hpp"
#include "model/swap/paths.hpp"
#include "model/swap/properties.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

namespace {

/// Does the process name pages and address spaces that there are?
void check_inside_memory(const Scenario& scenario,
                         const MemoryLayout& memory,
                         std::size_t number,
                         const Options& options) {
  const auto limit = [&](const char* option, int count, const char* what) {
    const auto found = options.find(option);
    if (found != options.end() && found->second >= count)
      refuse_option(scenario, number, option, fmt::format("there are {} {}", count, what));
  };
  limit("page", static_cast<int>(memory.pages.size()), "pages");
  limit("space", memory.address_spaces, "address spaces");
}

/// What the scenario lists, and for the I/O of every page a device.
std::vector<Cast> cast_for(const Scenario& scenario, const Setup& setup) {
  std::vector<Cast> cast = cast_of(scenario, plain<PathEntry>(paths()));
  for (std::size_t i = 0; i < cast.size(); ++i)
    check_inside_memory(scenario, setup.memory, i, cast[i].options);
  if (setup.memory.pages.empty() || setup.kernel.synchronous_device) return cast;
  for (int f = 0; f < setup.memory.frames; ++f)
    cast.push_back({fmt::format("disk{}", f), "disk", {{"page", f}}});
  return cast;
}

} // namespace

ir::Model build_model(const Scenario& scenario) {
  const Setup setup{.memory = std::any_cast<const MemoryLayout&>(scenario.layout),
                    .kernel = kernel_with(knobs(), scenario.kernel),
                    .processes = scenario.processes};
  const auto cast = cast_for(scenario, setup);
  const auto names = names_of(cast);
  build::Model model(names, title_of(scenario));
  World world = declare_world(model, setup, names);
  std::vector<PropertyOf<World>> checked;
  for (const SwapProperty& property : properties())
    if (!property.is_checked || property.is_checked(world)) checked.push_back(property);
  declare_properties(model, world, scenario, checked);
  return record_processes(model, world, scenario, cast, paths());
}

} // namespace stalemate::kernel::swap
