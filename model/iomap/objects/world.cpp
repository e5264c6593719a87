#include "model/iomap/objects/world.hpp"

#include "model/iomap/objects/content.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace stalemate::kernel::iomap {

using build::Expr;

namespace {

int tag(Content content) {
  return content == Content::zero ? content::zeroes : content::old;
}

[[noreturn]] void impossible(const std::string& pointer, const std::string& what) {
  throw ScenarioError(pointer, what);
}

/// The content of every block's place on disk, by block and segment.
std::vector<std::vector<int>> disk_content(const FileLayout& file, const Geometry& geometry) {
  std::vector<std::vector<int>> content;
  for (int b = 0; b < geometry.blocks; ++b) {
    const auto block = static_cast<std::size_t>(b);
    const bool is_mapped = file.blocks[block] == Extent::mapped;
    content.emplace_back(geometry.segments_per_block, is_mapped ? content::old : content::stale);
    if (block >= file.disk.size() || file.disk[block].empty()) continue;

    const auto pointer = fmt::format("/file/disk/{}", b);
    if (!is_mapped) impossible(pointer, "only a mapped block has data on disk");
    if (static_cast<int>(file.disk[block].size()) != geometry.segments_per_block)
      impossible(pointer,
                 fmt::format("{} segments; a block has {}",
                             file.disk[block].size(),
                             geometry.segments_per_block));
    std::transform(file.disk[block].begin(), file.disk[block].end(), content[block].begin(), tag);
  }
  if (file.disk.size() > file.blocks.size())
    impossible(fmt::format("/file/disk/{}", file.blocks.size()),
               fmt::format("the file has {} blocks", file.blocks.size()));
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

/// Checks that the folio can be in the cache like this; returns its content.
std::vector<int> folio_content(const FileLayout& file,
                               const Geometry& geometry,
                               const std::vector<std::vector<int>>& disk,
                               std::size_t entry) {
  const CachedFolio& cached = file.cached[entry];
  const auto pointer = fmt::format("/file/cached/{}", entry);
  if (cached.folio < 0 || cached.folio >= geometry.folios())
    impossible(pointer + "/folio", fmt::format("the file has folios 0..{}", geometry.folios() - 1));

  const int first = cached.folio * geometry.segments_per_folio();
  std::vector<int> content;
  for (int s = 0; s < geometry.segments_per_folio(); ++s)
    content.push_back(uncached(file, geometry, disk, first + s));
  if (!cached.data.empty()) {
    if (cached.data.size() != content.size())
      impossible(pointer + "/data",
                 fmt::format("{} segments; a folio has {}", cached.data.size(), content.size()));
    std::vector<int> given;
    std::transform(cached.data.begin(), cached.data.end(), std::back_inserter(given), tag);
    if (!cached.dirty && given != content)
      impossible(pointer + "/data",
                 "a clean folio holds what the disk holds; make it dirty, or "
                 "leave `data` out");
    content = given;
  }
  for (int k = 0; cached.dirty && k < geometry.blocks_per_folio; ++k) {
    const int block = cached.folio * geometry.blocks_per_folio + k;
    if (file.blocks[static_cast<std::size_t>(block)] == Extent::hole)
      impossible(pointer + "/dirty",
                 fmt::format("block {} is a hole; dirty data needs a reservation (delalloc) or "
                             "blocks (unwritten, mapped)",
                             block));
  }
  return content;
}

/// The content of every folio, by folio and segment; empty for folios that are not cached.
std::vector<std::vector<int>> cache_content(const FileLayout& file,
                                            const Geometry& geometry,
                                            const std::vector<std::vector<int>>& disk) {
  std::vector<std::vector<int>> content(static_cast<std::size_t>(geometry.folios()));
  for (std::size_t i = 0; i < file.cached.size(); ++i) {
    auto one = folio_content(file, geometry, disk, i);
    auto& row = content[static_cast<std::size_t>(file.cached[i].folio)];
    if (!row.empty())
      impossible(fmt::format("/file/cached/{}/folio", i), "the folio is cached already");
    row = std::move(one);
  }
  return content;
}

/// First position and end of what a process writes; empty if it writes nothing.
std::pair<int, int> written_by(const ProcessSpec& process) {
  const auto option = [&](const char* name, int initial) {
    const auto found = process.options.find(name);
    return found == process.options.end() ? initial : found->second;
  };
  const int at = option("at", 0);
  if (process.path == "buffered_write") return {at, at + option("segments", 1)};
  if (process.path == "mmap_write") return {at, at + 1};
  return {0, 0};
}

bool writes(const ProcessSpec& process) {
  const auto [first, end] = written_by(process);
  return first < end;
}

/// The tag of what a process writes. Only processes that write have one, to keep tags few.
int tag_of(const Setup& setup, std::size_t process) {
  const auto begin = setup.processes.begin();
  return content::by(
      static_cast<int>(std::count_if(begin, begin + static_cast<std::ptrdiff_t>(process), writes)));
}

/// By segment: zeroes where nothing was written, what is there, and what the processes write.
std::vector<std::vector<int>> legal_tags(const Setup& setup, const std::vector<int>& initial) {
  std::vector<std::vector<int>> tags;
  for (std::size_t s = 0; s < initial.size(); ++s) {
    std::set<int> legal{content::zeroes, initial[s]};
    for (std::size_t p = 0; p < setup.processes.size(); ++p) {
      const auto [first, end] = written_by(setup.processes[p]);
      const int at = static_cast<int>(s);
      if (first <= at && at < end) legal.insert(tag_of(setup, p));
    }
    tags.emplace_back(legal.begin(), legal.end());
  }
  return tags;
}

ir::Variable tagged(const std::string& name,
                    const std::vector<std::string>& contents,
                    std::vector<int> shape,
                    const std::vector<int>& initial) {
  ir::Variable made;
  made.name = name;
  made.kind = ir::Kind::named;
  made.range = {0, static_cast<int>(contents.size()) - 1};
  made.names = contents;
  made.shape = std::move(shape);
  made.initial = initial;
  return made;
}

} // namespace

bool World::starts_with(Extent state) const {
  const auto& blocks = setup.file.blocks;
  return std::find(blocks.begin(), blocks.end(), state) != blocks.end();
}

bool World::has_path(const std::string& path) const {
  return first_process(setup, path) != ir::none;
}

int World::completer(int block) const {
  if (!has_path("writeback")) return ir::none;
  return static_cast<int>(setup.processes.size()) + block;
}

bool World::has_room_beyond_size() const {
  return setup.file.size.value_or(geometry.segments()) < geometry.segments();
}

bool World::has_truncation() const {
  const auto how = kernel().unused_reservation;
  return starts_with(Extent::hole) && (how == UnusedReservation::drop_cache_unlocked ||
                                       how == UnusedReservation::drop_cache_under_invalidate_lock);
}

Expr World::is_beyond_size(const Expr& segment) const {
  return has_room_beyond_size() ? segment >= inode.size : Expr(false);
}

bool World::size_can_change() const {
  const int size = setup.file.size.value_or(geometry.segments());
  return std::any_of(setup.processes.begin(), setup.processes.end(), [&](const auto& p) {
    return p.path == "buffered_write" && written_by(p).second > size;
  });
}

int World::tag(int process) const {
  return tag_of(setup, static_cast<std::size_t>(process));
}

Expr World::on_disk(int segment) const {
  const int block = segment / geometry.segments_per_block;
  const int inside = segment % geometry.segments_per_block;
  return select(extent[block] == Extent::mapped, disk.row(block)[inside], content::zeroes);
}

Expr World::seen(int segment) const {
  const int index = segment / geometry.segments_per_folio();
  const int inside = segment % geometry.segments_per_folio();
  const auto row = folio[index];
  return select(row.present && row.uptodate[inside / geometry.segments_per_block],
                row.data[inside],
                on_disk(segment));
}

int first_process(const Setup& setup, const std::string& path) {
  const auto& all = setup.processes;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& p) { return p.path == path; });
  return found == all.end() ? ir::none : static_cast<int>(found - all.begin());
}

World declare_world(build::Model& model,
                    const Setup& setup,
                    const std::vector<std::string>& processes) {
  const FileLayout& file = setup.file;
  const Geometry geometry(file);
  if (geometry.blocks % geometry.blocks_per_folio != 0)
    impossible("/file/blocks",
               fmt::format("{} blocks do not fill folios of {}",
                           geometry.blocks,
                           geometry.blocks_per_folio));
  const int size = file.size.value_or(geometry.segments());
  if (size < 0 || size > geometry.segments())
    impossible("/file/size", fmt::format("the file has 0..{} segments", geometry.segments()));

  const auto disk = disk_content(file, geometry);
  const auto cache = cache_content(file, geometry, disk);
  std::vector<std::string> writers;
  for (std::size_t p = 0; p < setup.processes.size(); ++p)
    if (writes(setup.processes[p])) writers.push_back(processes[p]);
  const auto contents = content_names(writers);

  std::vector<int> flat;
  for (const auto& block : disk)
    flat.insert(flat.end(), block.begin(), block.end());
  std::vector<int> readable;
  for (int s = 0; s < geometry.segments(); ++s) {
    const auto& folio = cache[static_cast<std::size_t>(s / geometry.segments_per_folio())];
    const auto inside = static_cast<std::size_t>(s % geometry.segments_per_folio());
    readable.push_back(folio.empty() ? uncached(file, geometry, disk, s) : folio[inside]);
  }

  ir::Variable written = tagged("written", contents, {geometry.segments()}, readable);
  written.ghost = true;
  return {
      .setup = setup,
      .geometry = geometry,
      .inode = declare_inode(model, geometry, setup.kernel.seq_modulus, size),
      .extent = declare_extent_map(model, file.blocks),
      .folio = declare_folios(model, geometry, file, contents, cache),
      .ioend = declare_ioends(model, geometry),
      .disk = model.declare(
          tagged("disk", contents, {geometry.blocks, geometry.segments_per_block}, flat)),
      .written = model.declare(std::move(written)),
      .tags = legal_tags(setup, readable),
      .claims = {},
  };
}

} // namespace stalemate::kernel::iomap
