#include "model/dax/objects/world.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::dax {

using build::Expr;

namespace {

constexpr int references_max = 7; ///< More than the processes of a scenario take on one page.

ir::Variable variable(const std::string& name, ir::Kind kind, int high, std::vector<int> shape) {
  ir::Variable made;
  made.name = name;
  made.kind = kind;
  made.range = {0, high};
  made.shape = std::move(shape);
  return made;
}

/// "none", then the blocks.
ir::Variable
block_number(const std::string& name, int blocks, std::vector<int> shape, std::vector<int> start) {
  ir::Variable made = variable(name, ir::Kind::named, blocks, std::move(shape));
  made.names.emplace_back("none");
  for (int b = 0; b < blocks; ++b)
    made.names.push_back(fmt::format("block {}", b));
  made.initial = std::move(start);
  return made;
}

/// By offset: 0, or 1 + its block, for offsets that are at least this much there.
std::vector<int> blocks_at(const DaxLayout& layout, Offset at_least) {
  std::vector<int> result;
  int next = 1;
  for (const Offset offset : layout.offsets) {
    result.push_back(offset >= at_least ? next : 0);
    if (offset != Offset::hole) ++next;
  }
  return result;
}

OffsetTable declare_offsets(build::Model& model, const DaxLayout& layout) {
  const int offsets = static_cast<int>(layout.offsets.size());
  const auto numbers = [&](const std::string& name, Offset at_least) {
    return model.declare(
        block_number(name, layout.blocks(), {offsets}, blocks_at(layout, at_least)));
  };
  return {.extent = numbers("extent", Offset::mapped),
          .entry = numbers("entry", Offset::present),
          .pte = numbers("pte", Offset::present),
          .entry_lock = model.holders("entry.lock", offsets),
          .no_references = model.holders("page.no_new_references", offsets)};
}

ir::Variable owners(const DaxLayout& layout) {
  const int offsets = static_cast<int>(layout.offsets.size());
  ir::Variable made =
      variable("block.owner", ir::Kind::named, owner::offset(offsets - 1), {layout.blocks()});
  made.names = {"busy", "free", "another file"};
  for (int off = 0; off < offsets; ++off)
    made.names.push_back(fmt::format("offset {}", off));
  for (int off = 0; off < offsets; ++off)
    if (layout.offsets[static_cast<std::size_t>(off)] != Offset::hole)
      made.initial.push_back(owner::offset(off));
  made.initial.resize(static_cast<std::size_t>(layout.blocks()), owner::free);
  return made;
}

BlockTable declare_blocks(build::Model& model, const DaxLayout& layout, int idle_count) {
  const int blocks = layout.blocks();
  ir::Variable sleeper = variable("page.sleeper", ir::Kind::named, 2, {blocks});
  sleeper.names = {"none", "queued", "woken"};
  return {.count = model.array("page.count",
                               blocks,
                               idle_count,
                               idle_count + references_max,
                               std::vector<int>(static_cast<std::size_t>(blocks), idle_count)),
          .sleeper = model.declare(std::move(sleeper)),
          .callback = model.flags("page.callback", blocks),
          .owner = model.declare(owners(layout))};
}

BusyExtent declare_busy(build::Model& model, int blocks, int pinners) {
  const auto ghost = [&](const std::string& name, std::vector<int> shape) {
    ir::Variable made = variable(name, ir::Kind::boolean, 1, std::move(shape));
    made.ghost = true;
    return made;
  };
  const ir::Variable log_looks = ghost("busy.log_looks", {});
  return {.in_tree = model.flag("busy.in_tree"),
          .dax = model.flag("busy.dax"),
          .committed = model.flag("busy.committed"),
          .discarding = model.flag("busy.discarding"),
          .list = model.named("busy.list", {"none", "checkpoint", "own"}),
          .pages = model.var("busy.pages", 0, blocks),
          .covers = model.flags("busy.covers", blocks),
          .in_cil = model.flag("busy.in_cil"),
          .context_freed = model.flag("checkpoint.freed"),
          .discard_issued = model.flag("busy.discard_issued"),
          .eb_lock = model.lock("eb_lock"),
          .interrupt = model.lock("cpu.interrupt"),
          .log_looks = {model.declare(log_looks).id(), log_looks, nullptr},
          .notifying = model.declare(ghost("pinner.notifying", {std::max(pinners, 1)}))};
}

build::Array
declare_pinned(build::Model& model, const DaxLayout& layout, const std::vector<std::string>& rows) {
  const int offsets = static_cast<int>(layout.offsets.size());
  const int count = std::max(static_cast<int>(rows.size()), 1);
  ir::Variable made = block_number("pinned", layout.blocks(), {count, offsets}, {});
  if (!rows.empty()) made.rows = rows;
  return model.declare(std::move(made));
}

build::Place ghost_flag(build::Model& model, const std::string& name) {
  ir::Variable made = variable(name, ir::Kind::boolean, 1, {});
  made.ghost = true;
  return {model.declare(made).id(), made, nullptr};
}

} // namespace

bool takes_references(const Cast& process) {
  return process.runs("dax_dma") || process.runs("dax_direct_io");
}

bool unmaps_the_file(const Cast& process) {
  return process.runs("dax_dma") && process.options.at("unmaps") != 0;
}

bool frees_blocks(const Cast& process) {
  return process.runs("dax_punch") || process.runs("dax_truncate");
}

bool World::has_path(const std::string& path) const {
  return std::ranges::any_of(setup.processes,
                             [&](const ProcessSpec& process) { return process.runs(path); });
}

int World::pinner(int process) const {
  return static_cast<int>(std::ranges::find(pinners, process) - pinners.begin());
}

Expr World::record_is_idle() const {
  return build::for_all(blocks(), [&](int b) { return !busy.covers[b] || is_idle(b); });
}

Expr World::has_free_block() const {
  return build::exists(blocks(), [&](int b) { return block.owner[b] == owner::free; });
}

Expr World::free_block() const {
  Expr first = blocks() - 1;
  for (int b = blocks() - 2; b >= 0; --b)
    first = select(block.owner[b] == owner::free, b, first);
  return first;
}

Expr World::first_busy() const {
  Expr first = 0;
  for (int b = blocks() - 1; b > 0; --b)
    first = select(busy.covers[b] && !busy.covers[0], b, first);
  return first;
}

build::Effect World::erase_record() const {
  return build::together(busy.in_tree = false,
                         busy.dax = false,
                         busy.discarding = false,
                         busy.list = OnList::none,
                         build::for_each(blocks(), [&](int b) {
                           return build::together(
                               block.owner[b] = select(busy.covers[b], owner::free, block.owner[b]),
                               busy.covers[b] = false);
                         }));
}

build::Alternative World::wait_for_pins(const build::Alternative& way,
                                        const Expr& until,
                                        const std::string& what,
                                        const Expr& block_number) const {
  build::Alternative result = way.wait(until, what);
  for (std::size_t g = 0; g < pinners.size(); ++g) {
    const Expr has_it = build::exists(offsets(), [&](int off) {
      return pinned.row(static_cast<int>(g))[off] == block_number + 1;
    });
    result = result.wait(until, what, select(has_it, pinners[g] + 1, 0));
  }
  return result;
}

build::Alternative World::wait_for_dio(const build::Alternative& way) const {
  build::Alternative result = way;
  for (const int submitter : dio_submitters)
    result = result.wait(
        inode.dio == 0, "direct I/O on the file to end", select(inode.dio > 0, submitter + 1, 0));
  return result;
}

World declare_world(build::Model& model, const Setup& setup, const std::vector<Cast>& cast) {
  const DaxLayout& layout = setup.layout;
  std::vector<int> pinners;
  std::vector<std::string> rows;
  std::vector<int> dio_submitters;
  for (std::size_t i = 0; i < cast.size(); ++i) {
    if (takes_references(cast[i])) {
      pinners.push_back(static_cast<int>(i));
      rows.push_back(cast[i].name);
    }
    if (cast[i].runs("dax_direct_io")) dio_submitters.push_back(static_cast<int>(i));
  }
  const int offsets = static_cast<int>(layout.offsets.size());
  const int idle_count = setup.kernel.dax_idle_at == IdleAt::one ? 1 : 0;
  return {.setup = setup,
          .pinners = pinners,
          .dio_submitters = dio_submitters,
          .is_unmapped = std::ranges::any_of(cast, unmaps_the_file),
          .open_files = model.shared_lock("super.open_files"),
          .inode = {.iolock = model.shared_lock("inode.iolock"),
                    .mmaplock = model.shared_lock("inode.mmaplock"),
                    .size = model.var("inode.size", 0, offsets, offsets),
                    .dio = model.var("inode.dio", 0, static_cast<int>(cast.size())),
                    .mapped = model.flag("inode.mapped", true)},
          .at = declare_offsets(model, layout),
          .block = declare_blocks(model, layout, idle_count),
          .busy = declare_busy(model, layout.blocks(), static_cast<int>(pinners.size())),
          .pinned = declare_pinned(model, layout, rows),
          .scan_was_clean = ghost_flag(model, "punch.scan_was_clean"),
          .slept_for_dma = ghost_flag(model, "punch.slept_for_dma"),
          .fault_failed = ghost_flag(model, "fault.failed"),
          .claims = {}};
}

} // namespace stalemate::kernel::dax
