#include "model/iomap/layout/setup.hpp"

#include <algorithm>

namespace stalemate::kernel::iomap {

namespace {

/// What i_size is at the start, and what those make it who set it, in ascending order.
std::vector<int> sizes_set(const Setup& setup) {
  const int per_block = setup.file.segments_per_block;
  const int all = static_cast<int>(setup.file.blocks.size()) * per_block;
  const int size = setup.file.size.value_or(all);
  std::vector<int> sizes{size};
  for (const ProcessSpec& process : setup.processes) {
    if (process.runs("collapse_range")) sizes.push_back(size - per_block);
    if (process.runs("insert_range")) sizes.push_back(size + per_block);
    if (!process.runs("truncate")) continue;
    sizes.push_back(std::min(option_of(process, "to", 0), all));
    if (const int then = option_of(process, "then", -1); then >= 0)
      sizes.push_back(std::min(then, all));
  }
  std::ranges::sort(sizes);
  return sizes;
}

} // namespace

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

bool Setup::frees_data() const {
  return has_cow() ||
         runs_any({"punch_hole", "collapse_range", "insert_range", "truncate", "zero_range"});
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

int Setup::lowest_size() const {
  return sizes_set(*this).front();
}

std::vector<int> Setup::sizes_below(int process, int at) const {
  std::vector<int> sizes = sizes_set(*this);
  const int lowest = sizes.front();
  for (std::size_t p = 0; p < processes.size(); ++p)
    if (const int end = written_by(processes[p]).second;
        static_cast<int>(p) != process && !processes[p].runs("mmap_write") && end > lowest)
      sizes.push_back(end);
  std::erase_if(sizes, [&](int size) { return size >= at; });
  std::ranges::sort(sizes);
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

bool Setup::has_gap() const {
  return has_gap_over(lowest_size());
}

bool Setup::has_gap_over(int segment) const {
  return segment >= lowest_size() &&
         std::ranges::any_of(processes, [&](const ProcessSpec& process) {
           return process.runs("buffered_write") && written_by(process).first > segment;
         });
}

bool Setup::writes_back() const {
  if (has_gap() && kernel.zeroing != Zeroing::skips) return true;
  if (has_direct_io() && has_page_cache()) return true;
  return runs_any({"writeback",
                   "fsync",
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
  // A copy whose write fails is given back.
  const int failures = file.write_errors + file.map_errors;
  return 2 + static_cast<int>(frees) + (has_cow() ? 1 + static_cast<int>(copies) + failures : 0);
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
