// xfs_end_ioend(), fs/xfs/xfs_aops.c, and iomap_finish_ioend(), fs/iomap/buffered-io.c, of an ioend
// that spans blocks.
//
// Keeps:   one ioend for neighbours in a folio that are alike (unwritten or not, a copy or not) and
//          neighbours on the disk; that it completes when all of its data has arrived; one
//          transaction for the conversion of all of it, or one for each piece of its copies; that
//          the folio's count falls by all of it at once.
// Drops:   ioends of several folios, and that a bio has room for so many pages only.
// Atomic:  as for single blocks (xfs_end_ioend.cpp). Blocks of one bio still reach the disk one by
//          one, in any order.
// Sources: atlas buffered B7, C1 to C4; iomap_can_add_to_ioend.

#include "model/iomap/paths/xfs_end_ioend_of_extent.hpp"

#include "model/iomap/paths/xfs_end_ioend.hpp"
#include "model/iomap/paths/xfs_reflink_end_cow.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// The ioend that begins at a block, if one does.
struct Extended {
  const World& w;
  int first;
  int end; ///< Of the folio: it goes no further.

  Extended(const World& in, int block)
      : w(in), first(block),
        end((block / in.geometry.blocks_per_folio + 1) * in.geometry.blocks_per_folio) {}

  [[nodiscard]] Expr has(int b) const {
    return for_all(b - first, [&](int i) { return w.ioend.joined[first + 1 + i]; });
  }
  /// One effect for each block that can be in it; the condition says whether it is.
  [[nodiscard]] Effect each(const auto& effect) const {
    return for_each(end - first, [&](int i) { return effect(first + i, has(first + i)); });
  }
  [[nodiscard]] Expr has_arrived() const {
    return for_all(end - first, [&](int i) {
      return !has(first + i) || w.ioend.stage[first + i] != IoStage::submitted;
    });
  }
  /// The process that brings the last of its data.
  [[nodiscard]] Expr bringer() const {
    Expr process = 0;
    for (int b = first + 1; b < end; ++b)
      process =
          select(has(b) && w.ioend.stage[b] == IoStage::submitted, w.completer(b) + 1, process);
    return process;
  }
  [[nodiscard]] Expr blocks() const {
    Expr count = 1;
    for (int b = first + 1; b < end; ++b)
      count = count + has(b);
    return count;
  }
  [[nodiscard]] Effect record_size() const {
    if (!w.appends()) return {};
    const Place disk_size = w.inode.disk_size;
    return each([&](int b, const Expr& is_in) {
      const Expr reached = max(disk_size, min(w.ioend.end[b], w.inode.size));
      return disk_size = select(is_in, reached, disk_size);
    });
  }
  [[nodiscard]] Effect reach(IoStage to) const {
    return each([&](int b, const Expr& is_in) {
      const Place stage = w.ioend.stage[b];
      return stage = select(is_in, to, stage);
    });
  }
};

void reach_disk(Path& p, const Extended& ioend, Label next) {
  const auto fn = p.function("submit_bio", "block/blk-core.c");
  const World& w = ioend.w;
  const auto arrives = arrival(w, ioend.first);
  std::vector<Alternative> ways;
  if (ioend.first % w.geometry.blocks_per_folio != 0) {
    const Expr joined = w.ioend.joined[ioend.first];
    ways.push_back(arrives.when(joined).note("its ioend begins before it").go(next));
    ways.push_back(arrives.when(!joined).note("its ioend begins here"));
  } else {
    ways.push_back(arrives);
  }
  p.step(weakly_fair(idle("the data reaches the disk")), ways);
  if (ioend.end - ioend.first > 1)
    p.step("the rest of the ioend's data reaches the disk",
           always().wait(ioend.has_arrived(), "the bio to complete", ioend.bringer()));
}

void convert(Path& p, const Extended& ioend) {
  const World& w = ioend.w;
  const Label finish = p.forward();
  const Label copies = p.forward();
  const auto fn = p.function("xfs_end_ioend", "fs/xfs/xfs_aops.c");
  const Expr unwritten = w.ioend.unwritten[ioend.first];
  const Expr is_cow = w.setup.has_cow() ? Expr(w.ioend.cow[ioend.first]) : Expr(false);
  std::vector<Alternative> ways{when(unwritten && !is_cow).note("its extent is unwritten"),
                                when(!unwritten && !is_cow).note("it is mapped").go(finish)};
  if (w.setup.has_cow()) ways.push_back(when(is_cow).note("a copy on write").go(copies));
  p.step("look at what the ioend needs", ways);
  p.step("convert the extent from unwritten to mapped",
         then(ioend.record_size(),
              ioend.each([&](int b, const Expr& is_in) {
                const Place state = w.extent[b];
                return state = select(is_in, Extent::mapped, state);
              }),
              w.inode.bump_seq())
             .go(finish));
  if (w.setup.has_cow()) {
    p.label(copies);
    xfs_reflink_end_cow(p, w, ioend.first, ioend.end, [&](int b) { return ioend.has(b); });
  }
  p.label(finish);
}

void finish_ioend(Path& p, const Extended& ioend, Label next) {
  const World& w = ioend.w;
  if (w.appends()) {
    const auto fn = p.function("xfs_setfilesize", "fs/xfs/xfs_aops.c");
    p.step("record the size on disk", then(ioend.record_size()));
  }
  const auto fn = p.function("iomap_finish_ioend", "fs/iomap/buffered-io.c");
  const auto folio = w.folio[ioend.first / w.geometry.blocks_per_folio];
  const Expr all_mapped = for_all(ioend.end - ioend.first, [&](int i) {
    return !ioend.has(ioend.first + i) || w.extent[ioend.first + i] == Extent::mapped;
  });
  // The count and the flag come first: they need to know how far the ioend goes.
  Effect done = together(folio.writeback = folio.pending != ioend.blocks(),
                         folio.pending = folio.pending - ioend.blocks(),
                         ioend.reach(IoStage::none),
                         w.setup.has_cow() ? ioend.each([&](int b, const Expr& is_in) {
                           const Place cow = w.ioend.cow[b];
                           return cow = cow && !is_in;
                         })
                                           : Effect());
  // From the back: whether a block is in it hangs on those before it.
  for (int b = ioend.end - 1; b > ioend.first; --b) {
    const Place joined = w.ioend.joined[b];
    done = done.then(joined = joined && !ioend.has(b));
  }
  p.step("end writeback of its blocks",
         always()
             .check(w.claims.converted_before_end,
                    all_mapped,
                    "writeback of the folio ends before its extent is in its final state")
             .then(done)
             .go(next));
}

} // namespace

void record_ioend_of_extent(Path& p, const World& w, int block) {
  const auto fn = p.function("iomap_ioend", "fs/iomap/buffered-io.c");
  const Extended ioend(w, block);
  const Label next = p.forward();
  p.label(next);
  reach_disk(p, ioend, next);
  convert(p, ioend);
  finish_ioend(p, ioend, next);
}

} // namespace stalemate::kernel::iomap
