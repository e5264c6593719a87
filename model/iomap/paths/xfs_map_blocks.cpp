// xfs_map_blocks(), fs/xfs/xfs_aops.c, v4.20 and later, with xfs_bmapi_convert_delalloc().
//
// Keeps:   the lookup in the COW fork and then in the data fork under one hold of the ILOCK (or
//          two, as a variant), allocation of the whole delayed extent, as unwritten (or as mapped,
//          as it was before unwritten extents were used for it), the block that is skipped because
//          it is a hole; the mapping cached from block to block where writeback_mapping says so.
// Drops:   errors; a delayed extent of the COW fork that vanishes before it is converted. By
//          default every block is looked up anew: a mapping that is revalidated by both counters
//          under the folio lock is what a lookup would find (R4 shows it).
// Atomic:  each ILOCK section is one step; the allocation, in the kernel a second section in a
//          transaction, is merged with the lookup: the folio lock keeps everybody from the block's
//          delayed extent in between, except a conversion by writeback of a neighbour, which the
//          second section would find and take.
// Sources: atlas buffered B6; 5c665e5b5af6 for the single hold.

#include "model/iomap/paths/xfs_map_blocks.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

enum class CachedKind : std::uint8_t { nothing, unwritten, mapped, cow };

/// One block of the folio that is being written.
struct Block {
  Expr number;
  FolioTable::Row folio;
  Expr dirty; ///< And before i_size: writeback goes no further.
  int count;  ///< Blocks in the folio.
  int inside;

  [[nodiscard]] std::string named(const std::string& text) const {
    return count == 1 ? text : fmt::format("{}, block {}", text, inside);
  }
};

struct Target {
  Expr unwritten;
  Expr cow;
  Expr place;
};

/// iomap_can_add_to_ioend(): the block that was just added goes on where the one before it ends.
Expr continues_ioend(const World& w, const Expr& block) {
  const Expr before = block - 1;
  Expr continues = w.ioend.stage[before] == IoStage::built &&
                   w.ioend.unwritten[before] == w.ioend.unwritten[block];
  if (w.setup.has_cow()) continues = continues && w.ioend.cow[before] == w.ioend.cow[block];
  if (w.disk.is_indirect())
    continues = continues && w.ioend.place[before] + 1 == w.ioend.place[block];
  return continues;
}

Effect add_to_ioend(const World& w, const Block& block, const Target& target) {
  Effect all = together(w.ioend.stage[block.number] = IoStage::built,
                        w.ioend.unwritten[block.number] = target.unwritten,
                        block.folio.pending = block.folio.pending + 1);
  if (w.appends()) {
    const Expr block_end = (block.number + 1) * w.geometry.segments_per_block;
    const bool is_trimmed = w.kernel().recorded_size == RecordedSize::trimmed;
    all = together(
        all, w.ioend.end[block.number] = is_trimmed ? min(block_end, w.inode.size) : block_end);
  }
  if (w.setup.has_cow()) all = together(all, w.ioend.cow[block.number] = target.cow);
  if (w.disk.is_indirect()) all = together(all, w.ioend.place[block.number] = target.place);
  if (w.kernel().ioends == Ioends::of_an_extent && block.inside > 0)
    all = all.then(w.ioend.joined[block.number] = continues_ioend(w, block.number));
  return all;
}

bool caches(const World& w) {
  return w.kernel().writeback_mapping != WritebackMapping::looked_up;
}

/// What a lookup that found `target` leaves in the context.
Effect cache(const World& w,
             const WritepageContext& context,
             const Block& block,
             CachedKind kind,
             const Expr& place) {
  if (!caches(w)) return {};
  const ExtentMap& fork = kind == CachedKind::cow ? w.cow : w.extent;
  Expr end = fork.extent_end(block.number);
  for (int b = w.geometry.blocks - 1; b > 0 && kind != CachedKind::cow && w.kernel().trims_at_cow;
       --b)
    end = select(block.number < b && b < end && !w.cow.is_hole(b), b, end);
  return together(context.kind = kind,
                  context.first = block.number,
                  context.end = end,
                  context.place = place,
                  context.seq = w.inode.seq,
                  context.cow_seq = w.inode.cow_seq);
}

/// xfs_imap_valid(): may the cached mapping be used for the block?
Expr is_valid(const World& w, const WritepageContext& context, const Block& block) {
  Expr covers = context.kind != CachedKind::nothing && context.first <= block.number &&
                block.number < context.end;
  const Expr is_cow = context.kind == CachedKind::cow;
  const Expr same_data = context.seq == w.inode.seq;
  const Expr same_copy = context.cow_seq == w.inode.cow_seq;
  switch (w.kernel().writeback_mapping) {
  case WritebackMapping::looked_up:
    break;
  case WritebackMapping::revalidated:
    return covers && (is_cow || (same_data && same_copy));
  case WritebackMapping::data_counter_only:
    return covers && (is_cow || same_data);
  case WritebackMapping::trusted:
    return covers;
  }
  return false;
}

/// The alternative of an allocation that fails, of which there is none where nothing fails.
std::vector<Alternative> allocation_fails(const World& w,
                                          const WritepageContext& context,
                                          const Block& block,
                                          const Expr& is_delalloc) {
  if (!w.maps_can_fail()) return {};
  const Place left = *w.errors->maps;
  return {when(block.dirty && is_delalloc && left > 0)
              .note("the allocation fails")
              .then(left = left - 1, context.failed = block.inside + 1)};
}

/// The alternatives of a lookup that finds the block in the COW fork.
std::vector<Alternative>
found_in_cow_fork(const World& w, const WritepageContext& context, const Block& block) {
  const Place state = w.cow[block.number];
  const Expr place = w.cow.place_of(block.number);
  const Target target{.unwritten = false, .cow = true, .place = place};
  std::vector<Alternative> ways{
      when(block.dirty && (state == Extent::unwritten || state == Extent::mapped))
          .note("the COW fork has it")
          .then(cache(w, context, block, CachedKind::cow, place), add_to_ioend(w, block, target)),
      when(block.dirty && state == Extent::delalloc)
          .note("allocate the delayed extent of the COW fork")
          .then(w.cow.convert_extent(block.number, Extent::unwritten),
                w.inode.bump_cow_seq(),
                cache(w, context, block, CachedKind::cow, place),
                add_to_ioend(w, block, target))};
  for (const Alternative& way : allocation_fails(w, context, block, state == Extent::delalloc))
    ways.push_back(way.note("the allocation in the COW fork fails"));
  return ways;
}

/// The alternatives of a lookup in the data fork, where `here` is true.
std::vector<Alternative> found_in_data_fork(const World& w,
                                            const WritepageContext& context,
                                            const Block& block,
                                            const Expr& here) {
  const Place state = w.extent[block.number];
  const Expr place = w.extent.place_of(block.number);
  const bool allocates_unwritten = w.kernel().delalloc_becomes == DelallocBecomes::unwritten;
  const auto allocated = allocates_unwritten ? Extent::unwritten : Extent::mapped;
  const Target fresh{.unwritten = allocates_unwritten, .cow = false, .place = place};
  const auto found = when(block.dirty && here);
  std::vector<Alternative> ways;
  const auto known = [&](const Expr& unwritten) {
    return add_to_ioend(w, block, {.unwritten = unwritten, .cow = false, .place = place});
  };
  if (caches(w)) {
    ways.push_back(found.when(state == Extent::unwritten)
                       .note("unwritten")
                       .then(cache(w, context, block, CachedKind::unwritten, place), known(true)));
    ways.push_back(found.when(state == Extent::mapped)
                       .note("mapped")
                       .then(cache(w, context, block, CachedKind::mapped, place), known(false)));
  } else {
    ways.push_back(found.when(w.extent.has_place(block.number))
                       .note("it has blocks")
                       .then(known(state == Extent::unwritten)));
  }
  const bool reserves = w.setup.has_holes() && w.kernel().hole_write == HoleWrite::reserves;
  for (const Alternative& way :
       allocation_fails(w, context, block, here && state == Extent::delalloc))
    if (w.setup.starts_with(Extent::delalloc) || reserves) ways.push_back(way);
  if (w.setup.starts_with(Extent::delalloc) || reserves)
    ways.push_back(found.when(state == Extent::delalloc)
                       .note("allocate the delayed extent")
                       .then(w.extent.convert_extent(block.number, allocated),
                             w.inode.bump_seq(),
                             cache(w,
                                   context,
                                   block,
                                   allocates_unwritten ? CachedKind::unwritten : CachedKind::mapped,
                                   place),
                             add_to_ioend(w, block, fresh)));
  if (w.setup.has_holes() && w.kernel().hole_write == HoleWrite::leaves_it)
    ways.push_back(
        found.when(state == Extent::hole)
            .note("allocate the hole")
            .then(for_each(w.geometry.blocks,
                           [&](int b) { return w.extent.fill(b, block.number == b, allocated); }),
                  w.inode.bump_seq(),
                  add_to_ioend(w, block, fresh)));
  else if (w.setup.has_holes())
    ways.push_back(found.when(state == Extent::hole).note("a hole: the block is skipped"));
  return ways;
}

/// xfs_zoned_map_blocks(): what was reserved goes, and the block gets a place of its own. The
/// kernel chooses that when it submits the bio; nobody sees it before the data is there. A place
/// that was freed is used again when two others have been.
void map_on_zoned_device(Path& p, const World& w, const Block& block) {
  const auto fn = p.function("xfs_zoned_map_blocks", "fs/xfs/xfs_aops.c");
  const Place reserved = w.cow[block.number];
  const Place used = w.disk.used[block.number];
  const Target target{
      .unwritten = false, .cow = true, .place = used * w.geometry.blocks + block.number};
  const Expr is_reserved = reserved == Extent::delalloc;
  std::vector<Alternative> ways{
      when(block.dirty && is_reserved)
          .note("the COW fork reserves it")
          .then(add_to_ioend(w, block, target),
                used = (used + 1) % w.disk.ranks,
                reserved = Extent::hole,
                w.inode.bump_cow_seq()),
      when(block.dirty && !is_reserved).note("a hole: the block is skipped")};
  if (block.count > 1)
    ways.push_back(when(!block.dirty).note("the block is clean, or beyond i_size"));
  p.step(block.named("map the block, add it to an ioend"), ways);
}

void look_up_under_two_holds(Path& p,
                             const World& w,
                             const WritepageContext& context,
                             const Block& block,
                             const std::vector<Alternative>& without_look,
                             const Expr& looks_up) {
  const bool revalidates = w.kernel().fork_lookup == ForkLookup::two_holds_revalidated;
  const Expr in_cow = !w.cow.is_hole(block.number);
  const std::string next = fmt::format("the data fork, block {}", block.inside);
  const std::string start = fmt::format("both forks, block {}", block.inside);
  const auto remember =
      revalidates ? together(context.saw_seq = w.inode.seq, context.saw_cow = w.inode.cow_seq)
                  : Effect();
  const std::string done = fmt::format("mapped, block {}", block.inside);
  std::vector<Alternative> first;
  for (const Alternative& way : without_look)
    first.push_back(way.go(done));
  for (const Alternative& way : found_in_cow_fork(w, context, block))
    first.push_back(way.when(looks_up).go(done));
  p.label(start);
  p.step(block.named("look into the COW fork, drop the ILOCK"),
         first,
         when(block.dirty && looks_up && !in_cow).note("not there").then(remember).go(next));
  p.label(next);
  const Expr moved = context.saw_seq != w.inode.seq || context.saw_cow != w.inode.cow_seq;
  const Expr& trimmed_away = in_cow;
  std::vector<Alternative> ways;
  if (revalidates)
    ways.push_back(when(moved).note("a counter moved: start over").retry().go(start));
  else
    ways.push_back(when(block.dirty && trimmed_away)
                       .note("nothing is left of the mapping, trimmed by the COW fork: skipped"));
  for (const Alternative& way :
       found_in_data_fork(w, context, block, revalidates ? !moved : !trimmed_away))
    ways.push_back(way);
  p.step(block.named("look into the data fork under the ILOCK again"), ways);
  p.label(done);
}

} // namespace

WritepageContext::WritepageContext(Path& path, const World& w)
    : kind(path.local_named("wpc.kind", {"nothing", "unwritten", "mapped", "cow"})),
      first(path.local("wpc.first", 0, w.geometry.blocks - 1)),
      end(path.local("wpc.end", 0, w.geometry.blocks)),
      place(path.local("wpc.place", 0, w.disk.places() - 1)),
      seq(path.local("wpc.data_seq", 0, static_cast<int>(w.inode.seq.range().high))),
      cow_seq(path.local("wpc.cow_seq", 0, static_cast<int>(w.inode.seq.range().high))),
      saw_seq(path.local("saw.data_seq", 0, static_cast<int>(w.inode.seq.range().high))),
      saw_cow(path.local("saw.cow_seq", 0, static_cast<int>(w.inode.seq.range().high))),
      failed(path.local("wpc.failed", 0, w.geometry.blocks_per_folio)) {}

Effect WritepageContext::reset(const World& w) const {
  if (!caches(w)) return {};
  return together(kind = CachedKind::nothing, first = 0, end = 0, place = 0, seq = 0, cow_seq = 0);
}

void xfs_map_blocks(Path& p,
                    const World& w,
                    const WritepageContext& context,
                    const Expr& index,
                    int block_in_folio) {
  const auto fn = p.function("xfs_map_blocks", "fs/xfs/xfs_aops.c");
  const auto folio = w.folio[index];
  const Expr is_beyond =
      block_in_folio == 0
          ? Expr(false)
          : w.is_beyond_size((index * w.geometry.blocks_per_folio + block_in_folio) *
                             w.geometry.segments_per_block);
  // Behind a block that could not be mapped it stops.
  const Expr goes_on = w.maps_can_fail() && block_in_folio > 0 ? context.failed == 0 : Expr(true);
  const Block block{.number = index * w.geometry.blocks_per_folio + block_in_folio,
                    .folio = folio,
                    .dirty = folio.block_dirty[block_in_folio] && !is_beyond && goes_on,
                    .count = w.geometry.blocks_per_folio,
                    .inside = block_in_folio};
  if (w.setup.is_zoned()) {
    map_on_zoned_device(p, w, block);
    return;
  }
  Expr looks_up = true;
  std::vector<Alternative> ways;
  if (block.count > 1)
    ways.push_back(when(!block.dirty)
                       .note(w.maps_can_fail() && block_in_folio > 0
                                 ? "the block is clean, beyond i_size, or behind one that failed"
                                 : "the block is clean, or beyond i_size"));
  if (caches(w)) {
    const Expr place =
        max(0, min(context.place + block.number - context.first, w.disk.places() - 1));
    const Target target{.unwritten = context.kind == CachedKind::unwritten,
                        .cow = context.kind == CachedKind::cow,
                        .place = place};
    looks_up = !is_valid(w, context, block);
    ways.push_back(when(block.dirty && !looks_up)
                       .note("the cached mapping will do")
                       .then(add_to_ioend(w, block, target)));
  }
  if (w.setup.has_cow() && w.kernel().fork_lookup != ForkLookup::one_ilock_hold) {
    look_up_under_two_holds(p, w, context, block, ways, looks_up);
    return;
  }
  if (w.setup.has_cow())
    for (const Alternative& way : found_in_cow_fork(w, context, block))
      ways.push_back(way.when(looks_up));
  const Expr in_data = w.setup.has_cow() ? looks_up && w.cow.is_hole(block.number) : looks_up;
  for (const Alternative& way : found_in_data_fork(w, context, block, in_data))
    ways.push_back(way);
  p.step(block.count == 1 ? std::string("map the block, add it to an ioend")
                          : fmt::format("map block {}, add it to an ioend", block_in_folio),
         ways);
}

} // namespace stalemate::kernel::iomap
