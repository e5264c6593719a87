#include "model/swap/build_model.hpp"

#include "model/scenario/record_model.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/swap/knobs/knobs.hpp"
#include "model/swap/objects/world.hpp"
#include "model/swap/paths.hpp"
#include "model/swap/properties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

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

bool runs(const Scenario& scenario, std::initializer_list<const char*> paths) {
  return std::ranges::any_of(paths, [&](const char* path) {
    return std::ranges::find(scenario.processes, path, &ProcessSpec::path) !=
           scenario.processes.end();
  });
}

/// Log space is not made by waiting.
void check_log(const Scenario& scenario, const MemoryLayout& memory) {
  for (std::size_t unit = 0; unit < memory.log.size(); ++unit) {
    const auto pointer = fmt::format("/memory/log/{}", unit);
    if (memory.log[unit] != LogUnit::free && !runs(scenario, {"xfsaild"}))
      throw ScenarioError(pointer, "nobody writes the item back: add the process xfsaild");
    if (memory.log[unit] == LogUnit::relogged && !runs(scenario, {"cil_worker"}))
      throw ScenarioError(pointer, "nobody unpins the item: add the process cil_worker");
  }
}

/// An area that is in use at the start has passed swapon, which takes blocks of the file alone;
/// later kernels that look places up for each I/O were proposed without that check.
void check_slots(const Scenario& scenario, const MemoryLayout& memory, const Kernel& kernel) {
  if (kernel.swap_io != SwapIo::bio || runs(scenario, {"swapon"})) return;
  for (std::size_t slot = 0; slot < memory.slots.size(); ++slot)
    if (memory.slots[slot] != Backing::written && memory.slots[slot] != Backing::unwritten)
      throw ScenarioError(fmt::format("/memory/slots/{}", slot),
                          "the area is active, and swapon refuses such a page: make it written "
                          "or unwritten, or add the process swapon");
}

/// The least that a process allocates while others sleep, in pages.
int pages_needed(const ProcessSpec& process, const MemoryLayout& memory) {
  const std::string& path = process.path;
  if (path == "chmod") return 2;
  if (path == "swapoff") return std::ranges::count(memory.pages, Where::swap) > 0 ? 1 : 0;
  for (const char* one : {"touch", "read_file", "readahead", "aio_write", "freeze", "sync_rpc"})
    if (path == one) return 1;
  return 0;
}

/// There is no OOM killer: without memory, and with nothing to reclaim, whoever needs some waits.
void check_free(const Scenario& scenario, const MemoryLayout& memory) {
  const bool has_something =
      std::ranges::any_of(memory.pages, [](Where where) { return where != Where::swap; });
  const bool reclaims = has_something && !memory.slots.empty() &&
                        runs(scenario, {"kswapd", "chmod", "read_file", "readahead"});
  if (reclaims || runs(scenario, {"exit"})) return;
  for (std::size_t i = 0; i < scenario.processes.size(); ++i)
    if (const int needed = pages_needed(scenario.processes[i], memory);
        needed > 0 && needed > memory.free - memory.min)
      throw ScenarioError(
          "/memory",
          fmt::format("{} (process {}) needs memory, of which too little is free and none can be "
                      "reclaimed, and there is no OOM killer: set free to at least {}, or add "
                      "kswapd with a page in memory and a slot for it",
                      scenario.processes[i].path,
                      i,
                      memory.min + needed));
}

/// What the scenario lists, and for the I/O of every page a device.
std::vector<Cast> cast_for(const Scenario& scenario, const Setup& setup) {
  std::vector<Cast> cast = cast_of(scenario, plain<PathEntry>(paths()));
  for (std::size_t i = 0; i < cast.size(); ++i)
    check_inside_memory(scenario, setup.memory, i, cast[i].options);
  check_log(scenario, setup.memory);
  check_slots(scenario, setup.memory, setup.kernel);
  check_free(scenario, setup.memory);
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
  declare_properties(model, world, scenario, properties());
  return record_processes(model, world, scenario, cast, paths(), properties());
}

} // namespace stalemate::kernel::swap
