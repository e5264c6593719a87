#include "model/iomap/objects/world.hpp"

#include "model/iomap/objects/initial.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using build::Expr;

int World::completer(int block) const {
  return setup.writes_back() ? static_cast<int>(setup.processes.size()) + block : ir::none;
}

int World::completer(const DirectRequest& request) const {
  const int blocks = setup.writes_back() ? geometry.blocks : 0;
  return static_cast<int>(setup.processes.size()) + blocks + request.rank;
}

Expr World::finisher(const Expr& f) const {
  Expr process = 0;
  for (int b = 0; b < geometry.blocks; ++b) {
    Expr is_its = ioend.stage[b] != IoStage::none && f == b / geometry.blocks_per_folio;
    if (kernel().ioends == Ioends::of_an_extent) is_its = is_its && !ioend.joined[b];
    process = select(is_its, completer(b) + 1, process);
  }
  return process;
}

bool World::has_room_beyond_size() const {
  return setup.file.size.value_or(geometry.segments()) < geometry.segments() || size_can_change();
}

bool World::has_truncation() const {
  const auto how = kernel().unused_reservation;
  const bool drops_cache = how == UnusedReservation::drop_cache_unlocked ||
                           how == UnusedReservation::drop_cache_under_invalidate_lock;
  return (setup.starts_with(Extent::hole) && drops_cache) || setup.makes_holes() ||
         setup.runs_any({"zero_range", "dio_write"});
}

Expr World::is_beyond_size(const Expr& segment) const {
  return has_room_beyond_size() ? segment >= inode.size : Expr(false);
}

int World::lowest_size() const {
  return setup.lowest_size();
}

bool World::may_have_delalloc() const {
  const bool writes = setup.runs_any({"buffered_write", "mmap_write", "zero_range", "truncate"}) ||
                      std::ranges::any_of(setup.processes, [&](const ProcessSpec& process) {
                        return setup.bounces(process);
                      });
  const bool reserves = kernel().hole_write == HoleWrite::reserves && writes;
  return setup.starts_with(Extent::delalloc) || (setup.has_holes() && reserves);
}

bool World::size_can_change() const {
  const int size = setup.file.size.value_or(geometry.segments());
  return setup.runs_any({"truncate", "collapse_range", "insert_range"}) ||
         std::ranges::any_of(setup.processes, [&](const ProcessSpec& process) {
           return !process.runs("mmap_write") && written_by(process).second > size;
         });
}

bool World::appends() const {
  return size_can_change() && !setup.runs_any({"truncate", "collapse_range", "insert_range"});
}

Expr World::is_being_rewritten() const {
  Expr busy = false;
  for (std::size_t p = 0; p < setup.processes.size(); ++p) {
    const ProcessSpec& process = setup.processes[p];
    if (process.runs("punch_hole") || process.runs("zero_range") || process.runs("truncate") ||
        process.runs("collapse_range") || process.runs("insert_range"))
      busy = busy || inode.i_rwsem.holder == static_cast<int>(p) + 1;
  }
  return busy;
}

int World::tag(int process) const {
  return tag_of(setup, tags, static_cast<std::size_t>(process));
}

build::Effect World::freed(int segment) const {
  const build::Effect all = written[segment] = content::zeroes;
  return dio ? all.then(dio->zeroed(segment, true)) : all;
}

build::Effect World::zeroed(int segment, const Expr& condition) const {
  const build::Place content = written[segment];
  const build::Effect all = content = select(condition, content::zeroes, content);
  return dio ? all.then(dio->zeroed(segment, condition)) : all;
}

Expr World::on_disk(int segment) const {
  const int block = segment / geometry.segments_per_block;
  const int inside = segment % geometry.segments_per_block;
  return select(
      extent[block] == Extent::mapped, disk.at(extent.place_of(block))[inside], content::zeroes);
}

Expr World::on_disk_at(const Expr& segment) const {
  Expr content = on_disk(0);
  for (int s = 1; s < geometry.segments(); ++s)
    content = select(segment == s, on_disk(s), content);
  return content;
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
  const auto found = std::ranges::find_if(
      setup.processes, [&](const ProcessSpec& process) { return process.runs(path); });
  return found == setup.processes.end() ? ir::none
                                        : static_cast<int>(found - setup.processes.begin());
}

namespace {

void check_geometry(const FileLayout& file, const Geometry& geometry) {
  if (geometry.blocks % geometry.blocks_per_folio != 0)
    throw ScenarioError("/file/blocks",
                        fmt::format("{} blocks do not fill folios of {}",
                                    geometry.blocks,
                                    geometry.blocks_per_folio));
  if (file.large_folios && file.blocks_per_folio == 1)
    throw ScenarioError("/file/large_folios", "a folio of one block is one page");
  const int size = file.size.value_or(geometry.segments());
  if (size < 0 || size > geometry.segments())
    throw ScenarioError("/file/size",
                        fmt::format("{} is out of range 0..{}, the segments of its blocks",
                                    size,
                                    geometry.segments()));
}

Tags tags_for(build::Model& model,
              const Setup& setup,
              const Geometry& geometry,
              const std::vector<std::string>& names) {
  std::vector<std::string> writers;
  std::vector<std::vector<int>> processes;
  for (std::size_t p = 0; p < setup.processes.size(); ++p)
    if (const auto [first, end] = written_by(setup.processes[p]); first < end) {
      writers.push_back(names[p]);
      processes.push_back({static_cast<int>(p)});
    }
  Tags tags(writers, geometry.blocks, setup.moves_blocks(), setup.frees_blocks());
  tags.scalarset = model.scalarset("writer", std::move(processes));
  return tags;
}

build::Array declare_written(build::Model& model, const Tags& tags, const std::vector<int>& now) {
  ir::Variable written;
  written.name = "written";
  written.kind = ir::Kind::named;
  written.range = {0, tags.last()};
  written.names = tags.names;
  written.value_of = tags.naming();
  written.shape = {static_cast<int>(now.size())};
  written.initial = now;
  written.ghost = true;
  return model.declare(std::move(written));
}

bool has_place(Extent block) {
  return block == Extent::unwritten || block == Extent::mapped;
}

/// How many places each block has been given before the start.
std::vector<int> places_used(const FileLayout& file, const std::vector<Extent>& cow) {
  std::vector<int> used;
  used.reserve(file.blocks.size());
  for (std::size_t b = 0; b < file.blocks.size(); ++b)
    used.push_back(has_place(cow[b]) ? 2 : has_place(file.blocks[b]) ? 1 : 0);
  return used;
}

} // namespace

World declare_world(build::Model& model,
                    const Setup& setup,
                    const std::vector<std::string>& processes) {
  const FileLayout& file = setup.file;
  const Geometry geometry(file);
  check_geometry(file, geometry);
  const Tags tags = tags_for(model, setup, geometry, processes);
  const Initial initial = initial_content(file, geometry, tags);
  const auto blocks = static_cast<std::size_t>(geometry.blocks);
  std::vector<Extent> cow = file.cow;
  cow.resize(blocks, Extent::hole);
  std::vector<int> shared(file.shared.begin(), file.shared.end());
  shared.resize(blocks, 0);

  const int size = file.size.value_or(geometry.segments());
  const Inode inode = declare_inode(model, geometry, setup.kernel.seq_modulus, size);
  const Disk disk = declare_disk(
      model, geometry, tags, setup.places_per_block(), initial.disk, places_used(file, cow));
  return {
      .setup = setup,
      .geometry = geometry,
      .tags = tags,
      .inode = inode,
      .disk = disk,
      .extent = declare_extent_map(model, "extent", file.blocks, disk, 0),
      .cow = declare_extent_map(model, "cow", cow, disk, 1),
      .shared = model.flags("extent.shared", geometry.blocks, shared),
      .folio = declare_folios(model, geometry, file, tags, initial.cache),
      .ioend = declare_ioends(model, geometry, disk.places(), file.loses_writes()),
      .clone = declare_clone(model, disk, tags, setup.is_reflink()),
      .journal = declare_journal(model, geometry, tags),
      .dio = setup.has_direct_io()
                 ? std::optional(declare_direct_io(
                       model, setup, geometry, tags, disk.places(), initial.readable, processes))
                 : std::nullopt,
      .errors = declare_errors(model, setup, geometry),
      .written = declare_written(model, tags, initial.readable),
      .legal = legal_tags(setup, tags, initial),
      .claims = {},
  };
}

} // namespace stalemate::kernel::iomap
