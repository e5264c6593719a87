#include "model/swap/refusals.hpp"

#include "model/scenario/version.hpp"
#include "model/swap/frame_count.hpp"
#include "model/swap/layout/memory_section.hpp"
#include "model/swap/objects/world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace stalemate::kernel::swap {

namespace {

/// Does the process name pages and address spaces that there are?
void refuse_options(const Scenario& scenario,
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

bool runs_one(const Scenario& scenario, std::initializer_list<const char*> paths) {
  return std::ranges::any_of(paths, [&](const char* path) {
    return std::ranges::find(scenario.processes, path, &ProcessSpec::path) !=
           scenario.processes.end();
  });
}

/// Log space is not made by waiting.
void refuse_log(const Scenario& scenario, const MemoryLayout& memory) {
  for (std::size_t unit = 0; unit < memory.log.size(); ++unit) {
    const auto pointer = fmt::format("/memory/log/{}", unit);
    if (memory.log[unit] != LogUnit::free && !runs_one(scenario, {"xfsaild"}))
      throw ScenarioError(pointer, "nobody writes the item back: add the process xfsaild");
    if (memory.log[unit] == LogUnit::relogged && !runs_one(scenario, {"cil_worker"}))
      throw ScenarioError(pointer, "nobody unpins the item: add the process cil_worker");
  }
  // What one transaction has logged takes the space that the next one wants.
  const auto writers = std::ranges::count(scenario.processes, "chmod", &ProcessSpec::path);
  const auto space = std::ranges::count(memory.log, LogUnit::free);
  const bool is_made = runs_one(scenario, {"xfsaild"}) && runs_one(scenario, {"cil_worker"});
  if (!memory.log.empty() && writers > space && !is_made)
    throw ScenarioError("/memory/log",
                        fmt::format("{} transactions, and log space for {}, which nobody makes: "
                                    "add the processes xfsaild and cil_worker",
                                    writers,
                                    space));
}

/// Where the scenario says one of these knobs, the first that it does.
std::string place_of(const Scenario& scenario, std::initializer_list<const char*> knobs) {
  for (const char* knob : knobs)
    if (scenario.kernel.contains(knob)) return std::string("/kernel/") + knob;
  return "/kernel";
}

/// What a swap area does not lie on in this way, and kernels that are two at once.
void refuse_kernel(const Scenario& scenario, const Kernel& kernel) {
  if (kernel.vintage != Vintage::release && scenario.kernel.contains(version_knob_name))
    throw ScenarioError("/kernel/vintage",
                        "a vintage is of no release: leave it out, or leave out version");
  if (kernel.swap_on == SwapOn::nfs && !is_dio(kernel))
    throw ScenarioError(place_of(scenario, {"swap_on", "swap_io", "vintage"}),
                        "there is no device that a bio could go to: NFS takes swap_io dio_sync or "
                        "dio_async, as in vintage UP");
  if (kernel.swap_on != SwapOn::xfs && kernel.swap_io == SwapIo::iomap_swap_rw)
    throw ScenarioError(place_of(scenario, {"swap_on", "swap_io", "vintage"}),
                        "iomap_swap_rw is modelled with XFS's extents only");
}

/// An area that is in use at the start has passed swapon, which takes blocks of the file alone;
/// later kernels that look places up for each I/O were proposed without that check.
void refuse_slots(const Scenario& scenario, const MemoryLayout& memory, const Kernel& kernel) {
  for (std::size_t slot = 0; slot < memory.slots.size(); ++slot) {
    const auto pointer = fmt::format("/memory/slots/{}", slot);
    const Backing backing = memory.slots[slot];
    if (!uses_iomap(kernel) && backing != Backing::written)
      throw ScenarioError(pointer,
                          "only the file of a filesystem that is here has such a page: make it "
                          "written, or set swap_on to xfs or btrfs");
    if (kernel.swap_io != SwapIo::bio || runs_one(scenario, {"swapon"})) continue;
    if (backing != Backing::written && backing != Backing::unwritten)
      throw ScenarioError(pointer,
                          "the area is active, and swapon refuses such a page: make it written "
                          "or unwritten, or add the process swapon");
  }
}

/// Processes that do to the swap file what only one filesystem can.
void refuse_filesystem(const std::vector<Cast>& cast, const Kernel& kernel) {
  const auto refuse = [&](const char* word, SwapOn filesystem, const auto& paths) {
    if (kernel.swap_on == filesystem) return;
    for (std::size_t i = 0; i < cast.size(); ++i)
      for (const char* path : paths)
        if (cast[i].path == path)
          throw ScenarioError(
              fmt::format("/processes/{}/path", i),
              fmt::format("{0} is about a swap file on {1}: set swap_on to {1}", path, word));
  };
  refuse("btrfs", SwapOn::btrfs, std::vector{"btrfs_relocate", "btrfs_snapshot", "btrfs_store"});
  refuse("xfs", SwapOn::xfs, std::vector{"chmod", "aio_cow", "shutdown"});
  if (kernel.swap_on != SwapOn::btrfs) refuse("xfs", SwapOn::xfs, std::vector{"unlink_clone"});
}

/// What one address space has to itself from the start.
void refuse_exclusive(const MemoryLayout& memory, const Kernel& kernel) {
  if (kernel.wp_reuse == WpReuse::exclusive && memory.address_spaces > 1)
    throw ScenarioError("/kernel/wp_reuse",
                        "pages that processes have in common are not exclusive, and which of them "
                        "become so is not modelled: leave out wp_reuse, or address_spaces");
}

/// zswap has what is in it, and is asked by those who read and write through the swap cache.
void refuse_zswap(const Scenario& scenario, const MemoryLayout& memory, const Kernel& kernel) {
  const auto inside = std::ranges::count(memory.pages, Where::zswap);
  if (inside > memory.zswap.entries) {
    const auto first = std::ranges::find(memory.pages, Where::zswap) - memory.pages.begin();
    throw ScenarioError(
        fmt::format("/memory/pages/{}", first),
        fmt::format("{} pages are in zswap, which has {} entries: set zswap's entries to {}",
                    inside,
                    memory.zswap.entries,
                    inside));
  }
  if (memory.zswap.entries > 0 && bypasses_cache(kernel))
    throw ScenarioError("/memory/zswap",
                        "zswap is modelled for reads through the swap cache: set "
                        "synchronous_device false, or bypass_claim no_bypass");
  if (memory.zswap.entries > 0) return;
  for (std::size_t i = 0; i < scenario.processes.size(); ++i)
    if (scenario.processes[i].runs("zswap_shrinker"))
      throw ScenarioError(fmt::format("/processes/{}/path", i),
                          "zswap_shrinker writes what zswap has, and there is none: add zswap to "
                          "memory");
}

/// Who waits for what a worker or a device has to do needs one.
void refuse_lonely(const Scenario& scenario, const Setup& setup, const std::vector<Cast>& cast) {
  const Kernel& kernel = setup.kernel;
  const auto has_worker = [&](bool is_own) {
    return std::ranges::any_of(cast, [&](const Cast& process) {
      return process.runs("dio_worker") && (process.options.at("own_queue") != 0) == is_own;
    });
  };
  const bool writes =
      !setup.memory.pages.empty() && !setup.memory.slots.empty() &&
      runs_one(scenario, {"kswapd", "chmod", "read_file", "readahead", "zswap_shrinker"});
  const bool is_iomap = kernel.swap_io == SwapIo::dio_async && uses_iomap(kernel);
  const bool is_queued = kernel.swap_io == SwapIo::iomap_swap_rw;
  const bool is_own = is_queued && kernel.completed_by == CompletedBy::own_workqueue;
  const bool is_shared = is_queued && kernel.completed_by == CompletedBy::shared_workqueue;
  if (writes && (is_iomap || is_shared || is_own) && !has_worker(is_own))
    throw ScenarioError("/processes",
                        fmt::format("nobody completes swap writes: add the process dio_worker{}",
                                    is_own ? " with own_queue 1" : ""));
  if (runs_one(scenario, {"server_reboot"}) && !runs_one(scenario, {"state_manager"}))
    throw ScenarioError("/processes",
                        "nobody recovers what the server forgets: add the process state_manager");
  const auto users = std::ranges::count(cast, "two_bios", &Cast::path);
  if (users * 2 > pool_size && !runs_one(scenario, {"bio_device"}))
    throw ScenarioError("/processes",
                        "nobody gives bios back to the pool: add the process bio_device");
}

/// What a process allocates for itself while others sleep, in pages.
int pages_needed(const std::string& path) {
  if (path == "chmod") return 2;
  for (const char* one : {"read_file", "readahead", "aio_write", "freeze", "sync_rpc"})
    if (path == one) return 1;
  return 0;
}

/// Pages that must be there at once for those who read from swap: all that they bring in, and one
/// more where two have missed the same page and the second asks for memory when the first is done.
int pages_to_read(const Setup& setup, const std::vector<Cast>& cast) {
  const MemoryLayout& memory = setup.memory;
  const bool is_one_at_a_time =
      bypasses_cache(setup.kernel) && setup.kernel.bypass_claim != BypassClaim::none;
  int needed = 0;
  bool is_missed_twice = false;
  for (std::size_t page = 0; page < memory.pages.size(); ++page) {
    const bool is_in_swap = is_swapped_out(memory.pages[page]);
    const auto tasks = std::ranges::count_if(cast, [&](const Cast& process) {
      return process.runs("swapoff") || reads_page(process, static_cast<int>(page));
    });
    needed += is_in_swap && tasks > 0 ? 1 : 0;
    is_missed_twice = is_missed_twice || (is_in_swap && tasks > 1);
  }
  // The shrinker of zswap takes what there is, and leaves it in the swap cache.
  const bool shrinks =
      std::ranges::any_of(cast, [](const Cast& one) { return one.runs("zswap_shrinker"); });
  const int shrunk = needed > 0 && shrinks ? static_cast<int>(memory.slots.size()) : 0;
  return needed + shrunk + (is_missed_twice && !is_one_at_a_time ? 1 : 0);
}

/// There is no OOM killer: without memory, and with nothing to reclaim, whoever needs some waits.
void refuse_too_little(const Scenario& scenario,
                       const Setup& setup,
                       const std::vector<Cast>& cast) {
  const MemoryLayout& memory = setup.memory;
  const bool has_something =
      std::ranges::any_of(memory.pages, [](Where where) { return !is_swapped_out(where); });
  const bool reclaims =
      !memory.slots.empty() && runs_one(scenario, {"kswapd", "chmod", "read_file", "readahead"});
  if ((reclaims && has_something) || runs_one(scenario, {"exit"})) return;
  const auto check = [&](int needed, const std::string& who) {
    if (needed == 0 || needed <= memory.free - memory.min) return;
    throw ScenarioError(
        "/memory",
        fmt::format("{} memory, of which too little is free and none can be reclaimed, and there "
                    "is no OOM killer: set free to at least {}, or add kswapd with a page in "
                    "memory and a slot for it",
                    who,
                    memory.min + needed));
  };
  for (std::size_t i = 0; i < cast.size(); ++i)
    check(pages_needed(cast[i].path), fmt::format("{} (process {}) needs", cast[i].path, i));
  // The first page that comes in can be reclaimed for the next.
  const int to_read = pages_to_read(setup, cast);
  check(reclaims ? std::min(to_read, 1) : to_read, "those who read from swap need");
}

/// Memory runs out, frames do not: who waited for a frame would wait for nothing that there is.
void refuse_frames(const Setup& setup, const std::vector<Cast>& cast) {
  const int needed = frames_needed(setup, cast);
  if (setup.memory.frames < needed && setup.memory.frames > 0)
    throw ScenarioError("/memory/frames",
                        fmt::format("{} pages can be in use at once: leave it out, and say with "
                                    "free how much memory there is",
                                    needed));
  if (needed > frames_max)
    throw ScenarioError("/memory",
                        fmt::format("{} pages can be in use at once, and the model has {}: lower "
                                    "free, or leave out an exit",
                                    needed,
                                    frames_max));
}

/// A page moves within its address space, and only if no other has it.
void refuse_move(const Scenario& scenario,
                 const MemoryLayout& memory,
                 const Kernel& kernel,
                 const std::vector<Cast>& cast) {
  const bool is_moved = runs_one(scenario, {"uffd_move"});
  const bool is_meant = scenario.kernel.contains("uffd_move");
  if (is_moved && kernel.uffd_move == UffdMove::absent && !is_meant)
    throw ScenarioError(place_of(scenario, {"version", "vintage"}),
                        "v6.8 is the first that has UFFDIO_MOVE");
  if (is_moved && memory.address_spaces > 1)
    throw ScenarioError("/memory/address_spaces",
                        "uffd_move takes pages that no other address space has: make it 1");
  for (std::size_t i = 0; i < cast.size(); ++i)
    if (cast[i].runs("touch") && cast[i].options.at("moved") != 0 && !is_moved)
      refuse_option(scenario, i, "moved", "nobody moves a page: add the process uffd_move");
}

/// Up to v6.18 a slot that several entries mean is read ahead there, which is not modelled.
void refuse_readahead(const Scenario& scenario,
                      const Kernel& kernel,
                      const std::vector<Cast>& cast) {
  for (std::size_t i = 0; i < cast.size(); ++i)
    if (kernel.synchronous_device && reads_ahead(cast[i]))
      refuse_option(scenario, i, "readahead", "nothing is read ahead from a synchronous device");
}

} // namespace

void refuse_scenario(const Scenario& scenario, const Setup& setup, const std::vector<Cast>& cast) {
  for (std::size_t i = 0; i < cast.size(); ++i)
    refuse_options(scenario, setup.memory, i, cast[i].options);
  if (setup.memory.has_every_path) return;
  refuse_kernel(scenario, setup.kernel);
  refuse_filesystem(cast, setup.kernel);
  refuse_exclusive(setup.memory, setup.kernel);
  refuse_zswap(scenario, setup.memory, setup.kernel);
  refuse_readahead(scenario, setup.kernel, cast);
  refuse_move(scenario, setup.memory, setup.kernel, cast);
  refuse_lonely(scenario, setup, cast);
  refuse_log(scenario, setup.memory);
  refuse_slots(scenario, setup.memory, setup.kernel);
  refuse_too_little(scenario, setup, cast);
  refuse_frames(setup, cast);
}

} // namespace stalemate::kernel::swap
