#include "model/swap/objects/world.hpp"

#include "model/swap/objects/content.hpp"
#include "model/swap/objects/named.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

/// How often a process writes to its page.
int writes_of(const ProcessSpec& process) {
  if (!process.runs("touch")) return 0;
  const auto found = process.options.find("writes");
  return found == process.options.end() ? 0 : found->second;
}

std::vector<std::string> content_names(const Setup& setup, const std::vector<std::string>& users) {
  std::vector<std::string> names{"garbage", "zeroes"};
  for (std::size_t page = 0; page < setup.memory.pages.size(); ++page)
    names.push_back(fmt::format("old page {}", page));
  for (std::size_t p = 0; p < setup.processes.size(); ++p)
    for (int i = 0; i < writes_of(setup.processes[p]); ++i)
      names.push_back(fmt::format("{} by {}", i + 1, users[p]));
  return names;
}

std::vector<int> first_tags(const Setup& setup) {
  std::vector<int> first;
  int next = content::old(static_cast<int>(setup.memory.pages.size()));
  for (const ProcessSpec& process : setup.processes) {
    first.push_back(next);
    next += writes_of(process);
  }
  return first;
}

/// Page table entries at the start, by address space and page; at least one.
std::vector<int> entries(const MemoryLayout& memory, int slots, bool has_targets) {
  std::vector<int> initial;
  for (int space = 0; space < memory.address_spaces; ++space) {
    int next = 0;
    for (std::size_t page = 0; page < memory.pages.size(); ++page) {
      const bool is_mapped = memory.pages[page] == Where::memory;
      initial.push_back(is_mapped ? next : memory.frames + static_cast<int>(page));
      if (!is_swapped_out(memory.pages[page])) ++next;
    }
  }
  if (initial.empty()) initial.push_back(memory.frames + slots);
  if (has_targets) initial.insert(initial.end(), initial.size(), memory.frames + slots);
  return initial;
}

/// The rmap of each frame at the start: a page of the swap cache keeps the one that it had.
std::optional<Array> declare_rmap(Model& model, const MemoryLayout& memory, bool has_targets) {
  if (!has_targets) return std::nullopt;
  std::vector<std::string> names{"none"};
  for (std::size_t i = 0; i < 2 * std::max<std::size_t>(1, memory.pages.size()); ++i)
    names.push_back(fmt::format("pte[{}]", i));
  std::vector<int> initial(static_cast<std::size_t>(memory.frames), 0);
  std::size_t next = 0;
  for (std::size_t page = 0; page < memory.pages.size(); ++page)
    if (memory.pages[page] != Where::swap) initial[next++] = static_cast<int>(page) + 1;
  return model.declare(named("page.rmap", names, initial));
}

std::vector<std::string> entry_names(int frames, int slots) {
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(frames) + static_cast<std::size_t>(slots) + 2);
  for (int f = 0; f < frames; ++f)
    names.push_back(fmt::format("page {}", f));
  for (int k = 0; k < slots; ++k)
    names.push_back(fmt::format("slot {}", k));
  names.emplace_back("nothing");
  names.emplace_back("an error");
  return names;
}

std::vector<int> expected_content(const MemoryLayout& memory) {
  std::vector<int> initial;
  for (int space = 0; space < memory.address_spaces; ++space)
    for (std::size_t page = 0; page < memory.pages.size(); ++page)
      initial.push_back(content::old(static_cast<int>(page)));
  if (initial.empty()) initial.push_back(content::garbage);
  return initial;
}

std::vector<int> disk_content(const MemoryLayout& memory, int slots) {
  std::vector<int> initial(static_cast<std::size_t>(slots), content::garbage);
  for (std::size_t page = 0; page < memory.pages.size(); ++page)
    if (memory.pages[page] == Where::swap || memory.pages[page] == Where::cached)
      initial[page] = content::old(static_cast<int>(page));
  return initial;
}

std::vector<int> cached_slots(const MemoryLayout& memory, int slots) {
  std::vector<int> cached(static_cast<std::size_t>(slots), 0);
  for (std::size_t page = 0; page < memory.pages.size(); ++page)
    if (memory.pages[page] == Where::cached) cached[page] = 1;
  return cached;
}

SwapFile declare_file(Model& model, const MemoryLayout& memory, int slots) {
  std::vector<int> backing(static_cast<std::size_t>(slots), 0);
  std::transform(memory.slots.begin(), memory.slots.end(), backing.begin(), [](Backing b) {
    return static_cast<int>(b);
  });
  const std::vector<std::string> names{"written",
                                       "unwritten",
                                       "a hole",
                                       "a reservation",
                                       "inline",
                                       "shared",
                                       "on another device",
                                       "misaligned",
                                       "a sequential zone"};
  return {.i_rwsem = declare_fair_lock(model, "swap_file.i_rwsem"),
          .ilock = model.shared_lock("swap_file.ilock"),
          .cached_page = model.lock("swap_file.cached_page.lock"),
          .is_cached = model.flag("swap_file.cached_page"),
          .metadata_dirty = model.flag("swap_file.metadata_dirty"),
          .backing = model.declare(named("swap_file.extent", names, backing)),
          .shut_down = model.flag("fs.shut_down"),
          .freezer = model.lock("fs.frozen"),
          .is_swapfile = model.flag("swap_file.s_swapfile"),
          .dio_count = model.flag("swap_file.dio_count")};
}

std::optional<FilePage> declare_stored(Model& model, const Setup& setup) {
  if (first_process(setup, "btrfs_store") == ir::none) return std::nullopt;
  return FilePage{.mmap_lock = model.lock("swap_file.i_mmap_lock"),
                  .extent_lock = model.lock("swap_file.extent_lock"),
                  .dirty = model.flag("swap_file.page.dirty"),
                  .is_ordered = model.flag("swap_file.page.ordered"),
                  .has_copy = model.flag("swap_file.page.copy"),
                  .is_remembered = model.flag("swap_file.page.copy_is_remembered")};
}

/// The log of the scenario, or one in which there is space for every transaction.
std::vector<LogUnit> log_of(const Setup& setup) {
  if (!setup.memory.log.empty()) return setup.memory.log;
  const auto writers = std::ranges::count_if(
      setup.processes, [](const ProcessSpec& process) { return process.runs("chmod"); });
  const auto units = std::max<std::size_t>(1, static_cast<std::size_t>(writers));
  return std::vector<LogUnit>(units, LogUnit::free);
}

Workqueue declare_queue(Model& model, const std::string& name, int frames) {
  std::vector<std::string> names{"nothing"};
  for (int f = 0; f < frames; ++f)
    names.push_back(fmt::format("the write of page {}", f));
  names.emplace_back("the AIO");
  const std::vector<int> empty(static_cast<std::size_t>(frames) + 1, 0);
  return {.item = model.declare(named(name, names, empty)), .aio = frames + 1};
}

void check(const MemoryLayout& memory) {
  for (std::size_t page = 0; page < memory.pages.size(); ++page)
    if (memory.pages[page] != Where::memory && page >= memory.slots.size())
      throw ScenarioError(fmt::format("/memory/pages/{}", page),
                          fmt::format("the swap file has {} slots", memory.slots.size()));
}

} // namespace

Effect Workqueue::push(const Expr& what) const {
  Effect all;
  Expr before = true; // everything before is taken, as it was before this effect
  for (int i = item.size() - 1; i >= 0; --i) {
    before = i == 0 ? Expr(true) : item[i - 1] != 0;
    all = all.then(item[i] = select(item[i] == 0 && before, what, item[i]));
  }
  return all;
}

Effect Workqueue::pop() const {
  const int last = item.size() - 1;
  return for_each(last, [&](int i) { return item[i] = item[i + 1]; }).then(item[last] = 0);
}

int World::pages() const {
  return std::max(1, static_cast<int>(setup.memory.pages.size()));
}

int World::holder(const std::string& path) const {
  return first_process(setup, path) + 1;
}

namespace {

bool has_option(const Setup& setup, const char* option) {
  return std::ranges::any_of(setup.processes, [&](const ProcessSpec& process) {
    const auto found = process.options.find(option);
    return found != process.options.end() && found->second != 0;
  });
}

} // namespace

bool World::has_urgent() const {
  return has_option(setup, "urgent");
}

bool World::reads_ahead() const {
  return has_option(setup, "readahead");
}

Expr World::is_counted(const Expr& slot) const {
  return exists(pte.size(), [&](int i) { return pte[i] == to_slot(slot); });
}

Expr World::is_counted_once(const Expr& slot) const {
  Expr count = 0;
  for (int i = 0; i < pte.size(); ++i)
    count = count + select(pte[i] == to_slot(slot), 1, 0);
  return count == 1;
}

Expr World::is_counted_but(int entry, const Expr& slot) const {
  return exists(pte.size(),
                [&](int i) { return i == entry ? Expr(false) : pte[i] == to_slot(slot); });
}

Expr World::is_mapped_but(int entry, const Expr& page) const {
  return exists(pte.size(), [&](int i) { return i == entry ? Expr(false) : pte[i] == page; });
}

Expr World::is_mapped(const Expr& page) const {
  return exists(pte.size(), [&](int i) { return pte[i] == page; });
}

Expr World::is_own(const Expr& slot) const {
  return own_slots() == slots() ? Expr(true) : slot < own_slots();
}

Expr World::is_dying(const Expr& slot) const {
  return own_slots() == slots() ? Expr(area.dying) : area.dying && is_own(slot);
}

Effect World::add_rmap(const Expr& page, int entry) const {
  if (!rmap) return {};
  const Place mine = (*rmap)[page];
  return mine = select(mine == 0, entry + 1, mine);
}

Effect World::set_rmap(const Expr& page, int entry) const {
  return rmap ? (*rmap)[page] = entry + 1 : Effect();
}

Effect World::forget_rmap(const Expr& page) const {
  return rmap ? (*rmap)[page] = 0 : Effect();
}

Expr World::has_rmap(const Expr& page, int entry) const {
  return rmap ? (*rmap)[page] == entry + 1 : Expr(true);
}

Effect World::get_area(const Expr& slot) const {
  const Expr one = own_slots() == slots() ? Expr(1) : select(is_own(slot), 1, 0);
  return area.users = area.users + one;
}

Effect World::put_area(const Expr& slot) const {
  const Expr one = own_slots() == slots() ? Expr(1) : select(is_own(slot), 1, 0);
  return area.users = area.users - one;
}

Alternative
World::reads_area(const Alternative& way, const Expr& slot, const std::string& what) const {
  if (!has_path("swapoff")) return way;
  return way.check(claims.area_alive, !is_gone(slot), what);
}

Expr World::is_mapped_twice(const Expr& page) const {
  Expr count = 0;
  for (int i = 0; i < pte.size(); ++i)
    count = count + select(pte[i] == page, 1, 0);
  return count > 1;
}

Effect World::invalidate_free_slots() const {
  if (!zswap) return {};
  return for_each(slots(), [&](int k) { return zswap->erase_if(is_free_slot(k), k); });
}

Expr World::swapped_out(const Expr& slot) const {
  if (!zswap) return disk[slot];
  return select(zswap->has(slot), zswap->data[zswap->entry_of(slot)], disk[slot]);
}

Alternative World::wait_for_memory(const Alternative& way, const Expr& enough) const {
  const auto is_writing = [&](int f) { return frame[f].writeback && frame[f].submitter != 0; };
  const Expr writes = exists(frames(), is_writing);
  Expr writer = 0;
  for (int f = 0; f < frames(); ++f)
    writer = select(is_writing(f), frame[f].submitter, writer);
  return way.wait(enough || !writes, "free memory (the end of a swap write)", writer)
      .wait(enough || writes, "free memory (reclaim)", holder("kswapd"));
}

Expr is_usable(const World& w, int slot) {
  const Expr extent = w.file.backing[slot];
  return extent == Backing::written || extent == Backing::unwritten;
}

int first_process(const Setup& setup, const std::string& path) {
  const auto found = std::ranges::find_if(
      setup.processes, [&](const ProcessSpec& process) { return process.runs(path); });
  return found == setup.processes.end() ? ir::none
                                        : static_cast<int>(found - setup.processes.begin());
}

World declare_world(Model& model, const Setup& setup, const std::vector<std::string>& processes) {
  const MemoryLayout& memory = setup.memory;
  check(memory);
  const int slots = std::max(1, static_cast<int>(memory.slots.size()));
  const int frames = memory.frames;
  const bool has_zswap = memory.zswap.entries > 0;
  const auto contents = content_names(setup, processes);
  const auto exits = std::ranges::count_if(
      setup.processes, [](const ProcessSpec& process) { return process.runs("exit"); });
  const bool has_targets = first_process(setup, "uffd_move") != ir::none;
  const int pages_in_memory = memory.free + frames + static_cast<int>(exits);

  ir::Variable expected = named("expected", contents, expected_content(memory));
  expected.ghost = true;
  const auto holder = [&](const char* path) { return first_process(setup, path) + 1; };
  return {.setup = setup,
          .processes = model.processes(),
          .memory = {.free = model.var("memory.free", 0, pages_in_memory, memory.free),
                     .failures = model.var("memory.failures", 0, memory.failures, memory.failures),
                     .min = memory.min},
          .frame = declare_frames(model, setup, contents, processes),
          .has_cache = model.flags("swap_map.has_cache", slots, cached_slots(memory, slots)),
          .pte = model.declare(
              named("pte", entry_names(frames, slots), entries(memory, slots, has_targets))),
          .rmap = declare_rmap(model, memory, has_targets),
          .expected = model.declare(std::move(expected)),
          .disk = model.declare(named("disk", contents, disk_content(memory, slots))),
          .io_errors = model.var("device.errors", 0, memory.io_errors, memory.io_errors),
          .failures = model.var("failed_writes", 0, reclaim_retries),
          .zswap = has_zswap ? std::optional(declare_zswap(model, setup, slots, contents))
                             : std::nullopt,
          .file = declare_file(model, memory, slots),
          .area = {.closed = model.flag("area.closed", holder("swapon") != 0),
                   .users = model.var("area.users", 0, model.processes()),
                   .dying = model.flag("area.dying"),
                   .gone = model.flag("area.gone"),
                   .moved = model.flags("area.file_has_moved", slots)},
          .btrfs = {.is_read_only = model.flag("block_group.read_only"),
                    // What is active at the start was activated by the book.
                    .is_pinned = model.flag("block_group.swap_extents", holder("swapon") == 0),
                    .swapfiles = model.flag("subvolume.nr_swapfiles", holder("swapon") == 0),
                    .exclusive = model.lock("btrfs.exclusive_operation"),
                    .snapshot_lock = model.lock("subvolume.snapshot_lock"),
                    .stored = declare_stored(model, setup)},
          .rpc = declare_rpc(model, frames),
          .log = declare_log(model, log_of(setup), holder("cil_worker"), holder("xfsaild")),
          .queue = declare_queue(model, "dio_workqueue", frames),
          .own_queue = declare_queue(model, "swap_workqueue", frames),
          .pool = {.elements = model.var("mempool.elements", 0, pool_size, pool_size),
                   .in_flight = model.var("mempool.in_flight", 0, pool_size),
                   .holders = model.holders("mempool.holder", pool_size)},
          .cpu = model.holders("cpu.kept_by", 1)[0],
          .first_tag = first_tags(setup),
          .claims = {}};
}

} // namespace stalemate::kernel::swap
