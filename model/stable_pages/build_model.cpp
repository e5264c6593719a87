#include "model/stable_pages/build_model.hpp"

#include "model/scenario/record_model.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/stable_pages/knobs/knobs.hpp"
#include "model/stable_pages/objects/world.hpp"
#include "model/stable_pages/paths.hpp"
#include "model/stable_pages/properties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace stalemate::kernel::stable_pages {

namespace {

void check_mappers(const Scenario& scenario, const std::vector<Cast>& cast, int mappers) {
  std::map<int, std::size_t> threads; // by address space
  for (std::size_t i = 0; i < cast.size(); ++i) {
    const auto mm = cast[i].options.find("mm");
    if (mm == cast[i].options.end()) continue;
    if (mm->second >= mappers)
      refuse_option(scenario, i, "mm", fmt::format("the page is mapped by 0..{}", mappers - 1));
    const auto [first, is_new] = threads.emplace(mm->second, i);
    if (!is_new)
      refuse_option(scenario,
                    i,
                    "mm",
                    fmt::format("process {} is the one thread of address space {} that the model "
                                "has; give this one another, and set anon.mappers to 2",
                                first->second,
                                mm->second));
  }
}

/// A device without a size cannot be opened.
void check_swapon(const Scenario& scenario) {
  const auto& processes = scenario.processes;
  const auto runs = [&](const std::string& path) {
    return std::ranges::find(processes, path, &ProcessSpec::path);
  };
  const auto swapon = runs("anon_swapon");
  if (swapon != processes.end() && runs("anon_zram_disksize") == processes.end())
    throw ScenarioError(fmt::format("/processes/{}/path", swapon - processes.begin()),
                        "anon_swapon waits until the device has a size, and nobody sets it: add "
                        "anon_zram_disksize, or leave both out for an area in use");
}

/// Nor does a read end that nobody ends; and who reads around the swap cache is one address space.
void check_reads(const Scenario& scenario, const Kernel& kernel, int mappers) {
  if (kernel.anon_read_is_asynchronous && kernel.anon_swap_in != SwapIn::through_swap_cache &&
      mappers > 1)
    throw ScenarioError("/anon/mappers",
                        "reads around the swap cache that end later are modelled for one address "
                        "space only");
  const auto& processes = scenario.processes;
  const auto runs = [&](const std::string& path) {
    return std::ranges::find(processes, path, &ProcessSpec::path) != processes.end();
  };
  if (kernel.anon_read_is_asynchronous && runs("anon_store") && runs("anon_swap_out") &&
      !runs("anon_device_read"))
    throw ScenarioError("/processes",
                        "nobody ends the reads of zram's backing device: add the process "
                        "anon_device_read");
}

} // namespace

ir::Model build_model(const Scenario& scenario) {
  const Setup setup{.layout = std::any_cast<const AnonLayout&>(scenario.layout),
                    .kernel = kernel_with(knobs(), scenario.kernel),
                    .processes = scenario.processes};
  const auto cast = cast_of(scenario, plain<PathEntry>(paths()));
  check_mappers(scenario, cast, setup.layout.mappers);
  check_swapon(scenario);
  check_reads(scenario, setup.kernel, setup.layout.mappers);
  build::Model model(names_of(cast), title_of(scenario));
  World world = declare_world(model, setup);
  declare_properties(model, world, scenario, properties());
  return record_processes(model, world, scenario, cast, paths(), properties());
}

} // namespace stalemate::kernel::stable_pages
