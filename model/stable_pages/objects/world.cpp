#include "model/stable_pages/objects/world.hpp"

#include <algorithm>

namespace stalemate::kernel::stable_pages {

using build::Expr;

namespace {

const std::vector<std::string> contents{"small", "big", "torn", "nothing"};

ir::Variable named(const std::string& name,
                   std::vector<std::string> names,
                   std::vector<int> shape,
                   std::vector<int> initial) {
  ir::Variable made;
  made.name = name;
  made.kind = ir::Kind::named;
  made.range = {0, static_cast<int>(names.size()) - 1};
  made.names = std::move(names);
  made.shape = std::move(shape);
  made.initial = std::move(initial);
  return made;
}

std::vector<std::string> first(int count) {
  return {contents.begin(), contents.begin() + count};
}

build::Place scalar(build::Model& model, ir::Variable variable) {
  if (variable.initial.empty()) variable.initial = {0};
  return {model.declare(variable).id(), variable, nullptr};
}

build::Place ghost_flag(build::Model& model, const std::string& name) {
  ir::Variable made;
  made.name = name;
  made.kind = ir::Kind::boolean;
  made.range = {0, 1};
  made.ghost = true;
  return scalar(model, made);
}

Mappers declare_mappers(build::Model& model, int count, bool is_exclusive) {
  const bool is_shared = count > 1;
  const auto all = [&](int value) {
    return std::vector<int>(static_cast<std::size_t>(count), value);
  };
  const auto start = is_shared ? Pte::read_only : Pte::writable;
  ir::Variable written = named("written", first(2), {count}, all(content::small));
  written.ghost = true;
  return {.pte = model.declare(named("pte",
                                     {"swap", "read-only", "writable", "a copy", "gone"},
                                     {count},
                                     all(static_cast<int>(start)))),
          .dirty = model.flags("pte.dirty", count, all(is_shared ? 0 : 1)),
          .exclusive = model.flags("pte.exclusive", count, all(is_exclusive ? 1 : 0)),
          .ptl = model.holders("ptl", count),
          .copy = model.declare(named("copy.content", first(2), {count}, all(content::small))),
          .written = model.declare(std::move(written)),
          .count = count};
}

Ghosts declare_ghosts(build::Model& model) {
  ir::Variable written_back = named("writeback.content", first(2), {}, {});
  written_back.ghost = true;
  return {.written_back = scalar(model, written_back),
          .overrun = ghost_flag(model, "zram.overrun"),
          .mismatch = ghost_flag(model, "device.mismatch"),
          .harm = ghost_flag(model, "device.harm"),
          .slept_in_atomic = ghost_flag(model, "fault.slept_in_atomic"),
          .read_torn = ghost_flag(model, "slot.read_torn"),
          .used_freed = ghost_flag(model, "page.used_freed")};
}

} // namespace

bool World::has_path(const std::string& path) const {
  return std::ranges::any_of(setup.processes,
                             [&](const ProcessSpec& process) { return process.runs(path); });
}

bool World::may_copy() const {
  const bool is_stable = kernel().anon_stable_flag;
  if (has_marks())
    return map.count > 1 ||
           (kernel().anon_exclusive == Exclusive::dropped_if_stable && is_stable) ||
           (kernel().anon_exclusive == Exclusive::dropped_if_not_stable && !is_stable);
  return map.count > 1 || (kernel().anon_reuse == Reuse::copies_if_stable && is_stable) ||
         (kernel().anon_reuse == Reuse::copies_if_not_stable && !is_stable);
}

bool World::may_fail() const {
  const bool has_no_memory = is_scarce() && kernel().anon_copy_alloc == CopyAlloc::fails;
  return has_no_memory || (kernel().anon_swap_in == SwapIn::bypasses_swap_cache &&
                           kernel().anon_read_is_asynchronous);
}

Expr World::mapcount() const {
  Expr count = 0;
  for (int mm = 0; mm < map.count; ++mm)
    count = count + select(map.pte[mm] == Pte::read_only || map.pte[mm] == Pte::writable, 1, 0);
  return count;
}

build::Effect World::free_page() const {
  return build::together(
      page.present = false, leave_swap_cache(), page.dirty = false, page.content = 0);
}

World declare_world(build::Model& model, const Setup& setup) {
  const bool samples = std::ranges::any_of(
      setup.processes, [](const ProcessSpec& process) { return process.runs("anon_swapon"); });
  const int mappers = setup.layout.mappers;
  const bool stable = setup.kernel.anon_stable_flag && !samples;
  return {.setup = setup,
          .page = {.lock = model.lock("page.lock"),
                   .present = model.flag("page.present", true),
                   .writeback = model.flag("page.writeback"),
                   .in_swap_cache = model.flag("page.in_swap_cache"),
                   .dirty = model.flag("page.dirty", true),
                   .content = scalar(model, named("page.content", first(2), {}, {})),
                   .refs = model.var("page.refs", 0, model.processes())},
          .map =
              declare_mappers(model, mappers, mappers == 1 || !setup.kernel.anon_fork_clears_mark),
          .swap = {.si_lock = model.lock("swap.si_lock"),
                   .enabled = model.flag("swap.enabled", !samples),
                   .stable = model.flag("swap.stable", stable),
                   .users = model.var("slot.users", 0, mappers),
                   .has_cache = model.flag("slot.has_cache"),
                   .stored = scalar(model, named("slot.stored", first(4), {}, {content::none}))},
          .device = {.init_lock = model.lock("zram.init_lock"),
                     .size_set = model.flag("zram.size_set", !samples),
                     .capability = model.flag("zram.capability", setup.kernel.anon_stable_flag),
                     .reading = model.flag("device.reading"),
                     .page_freed = model.flag("device.page_freed")},
          .ghost = declare_ghosts(model),
          .free_pages = model.var("memory.free_pages", 0, 2 + mappers, setup.layout.free_pages)};
}

} // namespace stalemate::kernel::stable_pages
