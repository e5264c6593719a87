#include "model/iomap/layout/setup.hpp"

#include <algorithm>

namespace stalemate::kernel::iomap {

bool Setup::runs(const std::string& path) const {
  return std::ranges::any_of(processes,
                             [&](const ProcessSpec& process) { return process.runs(path); });
}

bool Setup::runs_any(std::initializer_list<const char*> paths) const {
  return std::ranges::any_of(paths, [&](const char* path) { return runs(path); });
}

bool Setup::starts_with(Extent state) const {
  return std::ranges::find(file.blocks, state) != file.blocks.end();
}

bool Setup::is_reflink() const {
  const auto is_there = [](Extent block) { return block != Extent::hole; };
  return std::ranges::find(file.shared, true) != file.shared.end() ||
         std::ranges::any_of(file.cow, is_there);
}

bool Setup::has_cow() const {
  return is_reflink() || runs("clone") || is_zoned();
}

bool Setup::bounces(const ProcessSpec& process) const {
  const auto [first, end] = written_by(process);
  const bool is_aligned =
      first % file.segments_per_block == 0 && end % file.segments_per_block == 0;
  return process.runs("dio_write") && !is_aligned && has_cow();
}

bool Setup::makes_holes() const {
  return runs_any({"punch_hole", "collapse_range", "insert_range", "truncate", "free_eofblocks"});
}

bool Setup::preallocates() const {
  const int all = static_cast<int>(file.blocks.size()) * file.segments_per_block;
  bool any = file.preallocation > 0;
  for (std::size_t b = 0; b < file.blocks.size(); ++b)
    any = any || (file.blocks[b] == Extent::delalloc &&
                  static_cast<int>(b) * file.segments_per_block >= file.size.value_or(all));
  return any;
}

bool Setup::frees_blocks() const {
  return has_cow() || makes_holes() || runs("zero_range");
}

bool Setup::has_page_cache() const {
  // Truncation and punching make folios of what they zero in part.
  return !file.cached.empty() || std::ranges::any_of(processes, [&](const ProcessSpec& process) {
    // The user's buffer may be a mapping of the file itself.
    return (!process.runs("dio_write") && !process.runs("dio_read")) || bounces(process) ||
           option_of(process, "buffer_folio", -1) >= 0;
  });
}

std::vector<int> Setup::sizes_below(int process, int at) const {
  const int all = static_cast<int>(file.blocks.size()) * file.segments_per_block;
  std::vector<int> sizes{file.size.value_or(all)};
  if (sizes.front() >= at) return {};
  for (std::size_t p = 0; p < processes.size(); ++p)
    if (const int end = written_by(processes[p]).second; static_cast<int>(p) != process &&
                                                         !processes[p].runs("mmap_write") &&
                                                         end > sizes.front() && end < at)
      sizes.push_back(end);
  std::ranges::sort(sizes);
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

bool Setup::has_gap() const {
  return has_gap_over(
      file.size.value_or(static_cast<int>(file.blocks.size()) * file.segments_per_block));
}

bool Setup::has_gap_over(int segment) const {
  const int all = static_cast<int>(file.blocks.size()) * file.segments_per_block;
  return segment >= file.size.value_or(all) &&
         std::ranges::any_of(processes, [&](const ProcessSpec& process) {
           return process.runs("buffered_write") && written_by(process).first > segment;
         });
}

bool Setup::writes_back() const {
  if (has_gap() && kernel.zeroing != Zeroing::skips) return true;
  if (has_direct_io() && has_page_cache()) return true;
  return runs_any({"writeback",
                   "punch_hole",
                   "zero_range",
                   "truncate",
                   "collapse_range",
                   "insert_range",
                   "unshare",
                   "clone"});
}

int Setup::places_per_block() const {
  // The one that it has, the next, which is being written, and one that others have meanwhile.
  if (is_zoned()) return 3;
  if (!frees_blocks()) return 1;
  // Freed by one operation, allocated by the next; a copy on write is one more.
  const auto frees = std::ranges::count_if(processes, [](const ProcessSpec& process) {
    return process.runs("punch_hole") || process.runs("truncate") || process.runs("zero_range") ||
           process.runs("collapse_range") || process.runs("insert_range") ||
           process.runs("free_eofblocks");
  });
  // Each direct write may make a copy of its own.
  const auto copies = std::ranges::count_if(
      processes, [](const ProcessSpec& process) { return process.runs("dio_write"); });
  return 2 + static_cast<int>(frees) + (has_cow() ? 1 + static_cast<int>(copies) : 0);
}

int option_of(const ProcessSpec& process, const std::string& name, int initial) {
  const auto found = process.options.find(name);
  return found == process.options.end() ? initial : found->second;
}

std::pair<int, int> written_by(const ProcessSpec& process) {
  const int at = option_of(process, "at", 0);
  if (process.runs("buffered_write") || process.runs("jdata_write"))
    return {at, at + option_of(process, "segments", 1)};
  if (process.runs("dio_write")) return {at, at + option_of(process, "segments", 2)};
  if (process.runs("mmap_write")) return {at, at + 1};
  return {0, 0};
}

} // namespace stalemate::kernel::iomap
