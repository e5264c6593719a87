#include "model/swap/frame_count.hpp"

#include <algorithm>

namespace stalemate::kernel::swap {

namespace {

int count_of(const std::vector<Cast>& cast, const char* path) {
  return static_cast<int>(
      std::ranges::count_if(cast, [&](const Cast& process) { return process.runs(path); }));
}

/// Pages that memory has: a frame that is taken is one less on the free list.
int by_memory(const MemoryLayout& memory, int exits) {
  const int in_memory = static_cast<int>(
      std::ranges::count_if(memory.pages, [](Where where) { return !is_swapped_out(where); }));
  return in_memory + std::max(0, memory.free + exits - memory.min);
}

/// Frames that have a use at once, whatever memory has.
int by_use(const Setup& setup, const std::vector<Cast>& cast) {
  const MemoryLayout& memory = setup.memory;
  const int pages = static_cast<int>(memory.pages.size());
  const int slots = static_cast<int>(memory.slots.size());
  const int swapoffs = count_of(cast, "swapoff");
  const int shrinkers = count_of(cast, "zswap_shrinker");
  // Every entry another page, pages that only the swap cache has, and with each task an old page
  // and its copy.
  if (memory.address_spaces > 1)
    return memory.address_spaces * pages + slots + 2 * count_of(cast, "touch") + swapoffs +
           shrinkers + static_cast<int>(std::ranges::count_if(cast, reads_ahead));
  // Who reads around the swap cache can leave a page there that nobody means any more.
  int frames = (bypasses_cache(setup.kernel) ? slots : 0) + shrinkers;
  for (int page = 0; page < pages; ++page) {
    const auto uses = [&](const Cast& process) { return reads_page(process, page); };
    // A task that missed the page in the swap cache has a new frame, be it for nothing because
    // others have brought the page in and mapped it; of those who could, one did, and has none.
    const int tasks = static_cast<int>(std::ranges::count_if(cast, uses)) + swapoffs;
    const bool is_here = !is_swapped_out(memory.pages[static_cast<std::size_t>(page)]);
    // What the shrinker of zswap has brought in is there beside those who missed it.
    frames += shrinkers > 0 ? tasks + 1 : std::max(is_here ? 1 : 0, tasks);
  }
  return frames;
}

} // namespace

bool reads_ahead(const Cast& process) {
  return process.runs("touch") && process.options.at("readahead") != 0;
}

bool reads_page(const Cast& process, int page) {
  return process.runs("touch") && (process.options.at("page") == page || reads_ahead(process));
}

int frames_needed(const Setup& setup, const std::vector<Cast>& cast) {
  const int most = std::min(by_memory(setup.memory, count_of(cast, "exit")), by_use(setup, cast));
  return std::max(1, most);
}

} // namespace stalemate::kernel::swap
