#include "model/iomap/objects/initial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace stalemate::kernel::iomap {

namespace {

[[noreturn]] void impossible(const std::string& pointer, const std::string& what) {
  throw ScenarioError(pointer, what);
}

bool has_cow_block(const FileLayout& file, int block) {
  const auto at = static_cast<std::size_t>(block);
  return at < file.cow.size() && file.cow[at] != Extent::hole;
}

void check_cow(const FileLayout& file) {
  if (!file.cow.empty() && file.cow.size() != file.blocks.size())
    impossible("/file/cow",
               fmt::format("{} blocks; the file has {}", file.cow.size(), file.blocks.size()));
}

/// The content of every block's place on disk, by block and segment.
std::vector<std::vector<int>>
disk_content(const FileLayout& file, const Geometry& geometry, const Tags& tags) {
  std::vector<std::vector<int>> content;
  for (int b = 0; b < geometry.blocks; ++b) {
    const auto block = static_cast<std::size_t>(b);
    const bool is_mapped = file.blocks[block] == Extent::mapped;
    content.emplace_back(geometry.segments_per_block, is_mapped ? tags.old(b) : content::garbage);
    const int start = b * geometry.segments_per_block;
    const int size = file.size.value_or(geometry.segments());
    const int end = start < size ? std::min(size - start, geometry.segments_per_block)
                                 : geometry.segments_per_block;
    // Writeback zeroes what lies between i_size and the end of its block.
    if (is_mapped) std::fill(content[block].begin() + end, content[block].end(), content::zeroes);
    if (block >= file.disk.size() || file.disk[block].empty()) continue;

    const auto pointer = fmt::format("/file/disk/{}", b);
    if (!is_mapped) impossible(pointer, "only a mapped block has data on disk");
    if (static_cast<int>(file.disk[block].size()) != geometry.segments_per_block)
      impossible(pointer,
                 fmt::format("{} segments; a block has {}",
                             file.disk[block].size(),
                             geometry.segments_per_block));
    std::ranges::transform(file.disk[block], content[block].begin(), [&](Content one) {
      return one == Content::zero ? content::zeroes : tags.old(b);
    });
    if (std::find(file.disk[block].begin() + end, file.disk[block].end(), Content::old) !=
        file.disk[block].end())
      impossible(pointer,
                 fmt::format("the file ends at {}, and behind that its last block holds zeroes on "
                             "disk, which writeback puts there",
                             size));
  }
  if (file.disk.size() > file.blocks.size())
    impossible(fmt::format("/file/disk/{}", file.blocks.size()),
               fmt::format("{} blocks; the file has {}", file.disk.size(), file.blocks.size()));
  return content;
}

/// What a read of the segment gives when its folio is not cached.
int uncached(const FileLayout& file,
             const Geometry& geometry,
             const std::vector<std::vector<int>>& disk,
             int segment) {
  const auto block = static_cast<std::size_t>(segment / geometry.segments_per_block);
  const auto inside = static_cast<std::size_t>(segment % geometry.segments_per_block);
  return file.blocks[block] == Extent::mapped ? disk[block][inside] : content::zeroes;
}

/// Whoever made the block dirty has seen to it that it can be written back.
void check_has_space(const FileLayout& file, int block, const std::string& pointer) {
  if (has_cow_block(file, block)) return;
  const auto at = static_cast<std::size_t>(block);
  if (file.blocks[at] == Extent::hole)
    impossible(pointer,
               fmt::format("block {} is a hole; dirty data needs a reservation (delalloc) or "
                           "blocks (unwritten, mapped)",
                           block));
  if (at < file.shared.size() && file.shared[at])
    impossible(pointer,
               fmt::format("block {} is shared, so dirty data needs room for a copy: make item {} "
                           "of file.cow delalloc or unwritten",
                           block,
                           block));
}

/// A delayed allocation is made for dirty data, and goes when that is written or dropped; or for
/// writes to come, behind the end of the file.
void check_delalloc(const FileLayout& file, const Geometry& geometry) {
  for (int b = 0; b < geometry.blocks; ++b) {
    const int folio = b / geometry.blocks_per_folio;
    const bool is_dirty = std::ranges::any_of(file.cached, [&](const CachedFolio& cached) {
      return cached.folio == folio && cached.is_dirty(b % geometry.blocks_per_folio);
    });
    const int size = file.size.value_or(geometry.segments());
    if (b * geometry.segments_per_block >= size) continue;
    if (file.blocks[static_cast<std::size_t>(b)] == Extent::delalloc && !is_dirty)
      impossible(fmt::format("/file/blocks/{}", b),
                 fmt::format("a delayed allocation has its data in the page cache alone: make "
                             "folio {} cached and dirty, or the block a hole",
                             folio));
  }
}

/// Which blocks of the folio are dirty and which are uptodate can be said, and must fit.
void check_blocks(const CachedFolio& cached, const Geometry& geometry, const std::string& pointer) {
  const auto check = [&](const std::optional<std::vector<int>>& blocks, const char* key) {
    for (std::size_t i = 0; blocks && i < blocks->size(); ++i)
      if ((*blocks)[i] >= geometry.blocks_per_folio)
        impossible(
            fmt::format("{}/{}/{}", pointer, key, i),
            fmt::format("no block {}; a folio has {}", (*blocks)[i], geometry.blocks_per_folio));
  };
  check(cached.dirty_blocks, "dirty_blocks");
  check(cached.uptodate_blocks, "uptodate_blocks");
  if (cached.dirty_blocks && cached.dirty == cached.dirty_blocks->empty())
    impossible(pointer + "/dirty_blocks", "a folio is dirty if a block of it is, and only then");
  for (int k = 0; k < geometry.blocks_per_folio; ++k)
    if (cached.is_dirty(k) && !cached.is_uptodate(k))
      impossible(pointer + "/uptodate_blocks",
                 fmt::format("block {} of the folio is dirty, so it is uptodate: add {}, or say in "
                             "dirty_blocks which are dirty",
                             k,
                             k));
}

/// What is clean, or not even there, is on the disk.
void check_clean_data(const CachedFolio& cached,
                      const Geometry& geometry,
                      const std::vector<int>& given,
                      const std::vector<int>& on_disk,
                      const std::string& pointer) {
  if (!cached.dirty && given != on_disk)
    impossible(pointer,
               "a clean folio holds what the disk holds; make it dirty, or leave `data` out");
  for (std::size_t s = 0; s < given.size(); ++s) {
    const int k = static_cast<int>(s) / geometry.segments_per_block;
    if (!cached.is_dirty(k) && given[s] != on_disk[s])
      impossible(
          fmt::format("{}/{}", pointer, s),
          fmt::format("block {} of the folio is clean, so it holds what the disk holds; make "
                      "it dirty, or say here what the disk does",
                      k));
  }
}

/// Checks that the folio can be in the cache like this; returns its content.
std::vector<int> folio_content(const FileLayout& file,
                               const Geometry& geometry,
                               const Tags& tags,
                               const std::vector<std::vector<int>>& disk,
                               std::size_t entry) {
  const CachedFolio& cached = file.cached[entry];
  const auto pointer = fmt::format("/file/cached/{}", entry);
  const auto who_says_dirty = pointer + (cached.dirty_blocks ? "/dirty_blocks" : "/dirty");
  if (cached.folio < 0 || cached.folio >= geometry.folios())
    impossible(
        pointer + "/folio",
        fmt::format("no folio {}; the file has folios 0..{}", cached.folio, geometry.folios() - 1));

  const int first = cached.folio * geometry.segments_per_folio();
  const int size = file.size.value_or(geometry.segments());
  check_blocks(cached, geometry, pointer);
  if (cached.dirty && first >= size)
    impossible(who_says_dirty,
               fmt::format("folio {} begins at {}, where the file has ended: its size is {}",
                           cached.folio,
                           first,
                           size));
  std::vector<int> content;
  content.reserve(static_cast<std::size_t>(geometry.segments_per_folio()));
  for (int s = 0; s < geometry.segments_per_folio(); ++s)
    content.push_back(uncached(file, geometry, disk, first + s));
  if (!cached.data.empty()) {
    if (cached.data.size() != content.size())
      impossible(pointer + "/data",
                 fmt::format("{} segments; a folio has {}", cached.data.size(), content.size()));
    std::vector<int> given;
    for (std::size_t s = 0; s < cached.data.size(); ++s) {
      const int block = (first + static_cast<int>(s)) / geometry.segments_per_block;
      given.push_back(cached.data[s] == Content::zero ? content::zeroes : tags.old(block));
    }
    check_clean_data(cached, geometry, given, content, pointer + "/data");
    content = given;
  }
  for (int k = 0; k < geometry.blocks_per_folio; ++k) {
    const auto start = content.begin() + std::ptrdiff_t{k} * geometry.segments_per_block;
    if (cached.is_dirty(k))
      check_has_space(file, cached.folio * geometry.blocks_per_folio + k, who_says_dirty);
    if (!cached.is_uptodate(k)) std::fill_n(start, geometry.segments_per_block, content::garbage);
  }
  return content;
}

/// The content of every folio, by folio and segment; empty for folios that are not cached.
std::vector<std::vector<int>> cache_content(const FileLayout& file,
                                            const Geometry& geometry,
                                            const Tags& tags,
                                            const std::vector<std::vector<int>>& disk) {
  std::vector<std::vector<int>> content(static_cast<std::size_t>(geometry.folios()));
  for (std::size_t i = 0; i < file.cached.size(); ++i) {
    auto one = folio_content(file, geometry, tags, disk, i);
    auto& row = content[static_cast<std::size_t>(file.cached[i].folio)];
    if (!row.empty())
      impossible(fmt::format("/file/cached/{}/folio", i), "the folio is cached already");
    row = std::move(one);
  }
  return content;
}

bool writes(const ProcessSpec& process) {
  const auto [first, end] = written_by(process);
  return first < end;
}

} // namespace

Initial initial_content(const FileLayout& file, const Geometry& geometry, const Tags& tags) {
  check_cow(file);
  Initial initial;
  initial.disk = disk_content(file, geometry, tags);
  initial.cache = cache_content(file, geometry, tags, initial.disk);
  check_delalloc(file, geometry);
  for (int s = 0; s < geometry.segments(); ++s) {
    initial.on_disk.push_back(uncached(file, geometry, initial.disk, s));
    const auto& folio = initial.cache[static_cast<std::size_t>(s / geometry.segments_per_folio())];
    const auto inside = static_cast<std::size_t>(s % geometry.segments_per_folio());
    // What is not uptodate is garbage, which a layout can not say otherwise.
    const bool is_cached = !folio.empty() && folio[inside] != content::garbage;
    initial.readable.push_back(is_cached ? folio[inside] : initial.on_disk.back());
  }
  return initial;
}

int tag_of(const Setup& setup, const Tags& tags, std::size_t process) {
  const auto begin = setup.processes.begin();
  return tags.by(
      static_cast<int>(std::count_if(begin, begin + static_cast<std::ptrdiff_t>(process), writes)));
}

std::vector<std::vector<int>>
legal_tags(const Setup& setup, const Tags& tags, const Initial& initial) {
  const std::vector<int>& readable = initial.readable;
  std::vector<std::vector<int>> all;
  std::set<int> anywhere{content::zeroes};
  for (std::size_t s = 0; s < readable.size(); ++s) {
    std::set<int> legal{content::zeroes, readable[s]};
    if (setup.file.loses_writes()) legal.insert(initial.on_disk[s]);
    for (std::size_t p = 0; p < setup.processes.size(); ++p) {
      const auto [first, end] = written_by(setup.processes[p]);
      const int at = static_cast<int>(s);
      if (first <= at && at < end) legal.insert(tag_of(setup, tags, p));
    }
    all.emplace_back(legal.begin(), legal.end());
    anywhere.insert(legal.begin(), legal.end());
  }
  if (setup.moves_blocks()) // what was legal anywhere may have moved here
    std::ranges::fill(all, std::vector<int>(anywhere.begin(), anywhere.end()));
  return all;
}

} // namespace stalemate::kernel::iomap
