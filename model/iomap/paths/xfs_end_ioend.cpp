// The device; xfs_end_ioend(), fs/xfs/xfs_aops.c; iomap_finish_folio_write(),
// fs/iomap/buffered-io.c.
//
// Keeps:   the instant at which the data reaches the disk, the conversion of an unwritten extent
//          before writeback ends (or after, as a variant), the pending count of the folio; the
//          remap of a copy on write, which gives up the old block. A write that the device fails:
//          the copy goes, with what is reserved below it; the error is recorded, writeback ends.
// Drops:   errors of the conversion, the size on disk where nothing is appended, the sorting and
//          merging of ioends: every order is allowed.
// Atomic:  the transaction of the conversion is one step under the ILOCK. The last block of a folio
//          clears the flag in the step that takes the count to zero; nobody else looks at the
//          count.
// Sources: atlas buffered D1, C1, C2, C4; section 1.4 for why the order matters.

#include "model/iomap/paths/xfs_end_ioend.hpp"

#include "checker/builder/path.hpp"
#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths/xfs_end_ioend_of_extent.hpp"
#include "model/iomap/paths/xfs_reflink_end_cow.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// Is the place on disk that of the file's block, and may it be written there?
Expr owns(const World& w, int block, const Expr& place) {
  if (w.setup.is_zoned()) return true; // nobody else has ever got it
  Expr in_data = w.extent.has_place(block) && w.extent.place_of(block) == place;
  if (!w.setup.has_cow()) return in_data;
  const Expr in_copy = w.cow.has_place(block) && w.cow.place_of(block) == place;
  return in_copy || (in_data && !w.shared[block]);
}

/// The write fails. What is not dirty again by then is lost; more than that it was on disk before.
Effect fail(const World& w, int block) {
  const auto folio = w.folio[block / w.geometry.blocks_per_folio];
  const Place left = *w.errors->writes;
  const int per_block = w.geometry.segments_per_block;
  const Expr is_dirty = folio.block_dirty[block % w.geometry.blocks_per_folio];
  return together(
      left = left - 1, w.ioend.stage[block] = IoStage::failed, for_each(per_block, [&](int s) {
        const int segment = block * per_block + s;
        return w.errors->lose(segment,
                              !is_dirty && !w.is_beyond_size(segment) &&
                                  w.on_disk(segment) != w.written[segment]);
      }));
}

/// What was lost there before is on disk after all.
Effect save(const World& w, int block) {
  const auto folio = w.folio[block / w.geometry.blocks_per_folio];
  const int per_block = w.geometry.segments_per_block;
  const int first = block % w.geometry.blocks_per_folio * per_block;
  return for_each(per_block, [&](int s) {
    const int segment = block * per_block + s;
    return w.errors->forget(segment, folio.data[first + s] == w.written[segment]);
  });
}

void reach_disk(Path& p, const World& w, int block, Label finish, Label failed) {
  const auto fn = p.function("submit_bio", "block/blk-core.c");
  const Place stage = w.ioend.stage[block];
  const Place unwritten = w.ioend.unwritten[block];
  const auto write = arrival(w, block);
  const Expr is_cow = w.setup.has_cow() ? Expr(w.ioend.cow[block]) : Expr(false);
  std::vector<Alternative> ways;
  ways.push_back(
      write.when(unwritten && !is_cow).note("the extent is unwritten: the rest in a worker"));
  if (w.setup.has_cow())
    ways.push_back(write.when(is_cow).note("a copy on write: the rest in a worker"));
  ways.push_back(write.when(!unwritten && !is_cow).note("the extent is mapped already").go(finish));
  if (w.errors && w.errors->writes)
    ways.push_back(when(stage == IoStage::submitted && *w.errors->writes > 0)
                       .note("the device fails")
                       .then(fail(w, block))
                       .go(failed));
  if (w.maps_can_fail())
    ways.push_back(when(stage == IoStage::failed).note("it was never submitted").go(failed));
  p.step(weakly_fair(idle("the data reaches the disk")), ways);
}

/// The size on disk follows to the end of what was written, and never beyond i_size.
Effect record_size(const World& w, int block) {
  if (!w.appends()) return {};
  const Place disk_size = w.inode.disk_size;
  return disk_size = max(disk_size, min(w.ioend.end[block], w.inode.size));
}

/// xfs_setfilesize(), for what needed no conversion, or was a copy.
void set_file_size(Path& p, const World& w, int block) {
  const auto fn = p.function("xfs_setfilesize", "fs/xfs/xfs_aops.c");
  p.step("record the size on disk", then(record_size(w, block)));
}

/// xfs_zoned_end_io(): the file's block is where it was written. The COW fork may have another
/// reservation by now, for the next write.
Effect remap_on_zoned_device(const World& w, int block) {
  const Place place = w.extent.place[block];
  return together(w.disk.free(w.extent.has_place(block), place),
                  w.extent[block] = Extent::mapped,
                  place = w.ioend.place[block],
                  w.inode.bump_seq(),
                  w.ioend.cow[block] = false,
                  w.ioend.stage[block] = IoStage::converted);
}

/// xfs_reflink_end_cow() for the block of an ioend.
Effect remap(Path& p, const World& w, int block) {
  if (w.setup.is_zoned()) return remap_on_zoned_device(w, block);
  const bool is_trimmed = w.kernel().copy_remaps == CopyRemaps::what_was_written;
  return together(is_trimmed ? remap_copy(w, block) : remap_whole_extent(w, Remapped(p, w), block),
                  w.inode.bump_seq(),
                  w.inode.bump_cow_seq(),
                  w.ioend.cow[block] = false,
                  w.ioend.stage[block] = IoStage::converted);
}

/// Goes on at `done`, or at `copied` if a copy took its place, whose size on disk is still to be
/// recorded.
void convert(Path& p, const World& w, int block, Label done, Label copied) {
  const auto fn = p.function("xfs_end_ioend", "fs/xfs/xfs_aops.c");
  const bool takes_rwsem = w.kernel().i_rwsem_also_in == RwsemAlsoIn::io_completion;
  if (takes_rwsem)
    p.step("take i_rwsem, to keep writes out", InOrder(p, w).take(Rank::i_rwsem, w.inode.i_rwsem));
  const Expr is_cow = w.setup.has_cow() ? Expr(w.ioend.cow[block]) : Expr(false);
  const auto unwritten = when(!is_cow).then(record_size(w, block),
                                            w.extent[block] = Extent::mapped,
                                            w.inode.bump_seq(),
                                            w.ioend.stage[block] = IoStage::converted);
  // With i_rwsem, which is an idea of a thread, there is one more step, and one less for the size.
  const auto last = [&](const Alternative& way) { return takes_rwsem ? way : way.go(done); };
  // A direct write may have let the copy take its place, or a mapping that writeback kept is one
  // of a copy that had done so.
  const bool may_be_done =
      !w.setup.is_zoned() &&
      (w.kernel().writeback_mapping != WritebackMapping::looked_up ||
       w.kernel().copy_remaps == CopyRemaps::whole_extent || w.setup.writes_directly());
  const Expr is_there = may_be_done ? w.cow[block] == Extent::mapped : Expr(true);
  const auto remaps = [&] { return remap(p, w, block); };
  std::vector<Alternative> done_already;
  if (w.setup.has_cow() && may_be_done)
    done_already.push_back(
        last(when(is_cow && !is_there)
                 .note("the copy has taken its place already")
                 .then(w.ioend.cow[block] = false, w.ioend.stage[block] = IoStage::converted)));
  if (w.setup.has_cow())
    p.step(
        "convert the extent, or let the copy take its place",
        last(unwritten.note("unwritten to mapped")),
        done_already,
        takes_rwsem
            ? when(is_cow && is_there).note("a copy on write").then(remaps(), record_size(w, block))
            : when(is_cow && is_there).note("a copy on write").then(remaps()).go(copied));
  else
    p.step("convert the extent from unwritten to mapped", last(unwritten));
  if (takes_rwsem) p.step("drop i_rwsem", then(release(w.inode.i_rwsem)).go(done));
}

/// Ends the block's part in the folio's writeback. `last` says that the ioend is done with it.
void finish_folio_write(Path& p, const World& w, int block, bool last, Label next) {
  const auto fn = p.function("iomap_finish_folio_write", "fs/iomap/buffered-io.c");
  const auto folio = w.folio[block / w.geometry.blocks_per_folio];
  const auto done = last ? w.ioend.stage[block] = IoStage::none : Effect();
  const auto way = always()
                       .check(w.claims.converted_before_end,
                              w.extent[block] == Extent::mapped,
                              "writeback of the folio ends before its extent is in its final state")
                       .then(done, folio.pending = folio.pending - 1)
                       .go(next);
  if (w.geometry.blocks_per_folio == 1)
    p.step("end writeback of the folio", way.then(folio.writeback = false));
  else
    p.step("end writeback of the folio",
           way.when(folio.pending == 1).then(folio.writeback = false),
           way.when(folio.pending > 1).note("not the last block of the folio"));
}

/// xfs_end_ioend() with an error, and what it calls. What became dirty again meanwhile goes on
/// using the copy that is cancelled here.
void end_failed(Path& p, const World& w, int block, Label next) {
  if (w.setup.has_cow()) {
    const auto fn = p.function("xfs_end_ioend", "fs/xfs/xfs_aops.c");
    const Place is_cow = w.ioend.cow[block];
    const Label done = p.forward();
    p.step("cancel the copy of a write that failed",
           when(!is_cow).note("it is none").go(done),
           when(is_cow && !w.cow.is_hole(block))
               .note("it is there")
               .then(w.disk.free(w.cow.has_place(block), w.cow.place_of(block)),
                     w.cow.remove(block, true),
                     w.inode.bump_cow_seq()),
           when(is_cow && w.cow.is_hole(block)).note("it is gone already"));
    const Place state = w.extent[block];
    const auto all = then(w.ioend.cow[block] = false);
    if (w.may_have_delalloc())
      p.step("give back what is reserved below it",
             all.when(state == Extent::delalloc)
                 .note("it is a delayed allocation")
                 .then(state = Extent::hole, w.inode.bump_seq()),
             all.otherwise().note("nothing is"));
    else
      p.step("give back what is reserved below it, which is nothing", all);
    p.label(done);
  }
  {
    const auto fn = p.function("mapping_set_error", "include/linux/pagemap.h");
    p.step("record the error of the write", then(w.errors->record()));
  }
  const auto fn = p.function("iomap_finish_folio_write", "fs/iomap/buffered-io.c");
  const auto folio = w.folio[block / w.geometry.blocks_per_folio];
  const auto way =
      then(w.ioend.stage[block] = IoStage::none, folio.pending = folio.pending - 1).go(next);
  const std::string what = "end writeback of the folio after an error";
  if (w.geometry.blocks_per_folio == 1)
    p.step(what, way.then(folio.writeback = false));
  else
    p.step(what,
           way.when(folio.pending == 1).then(folio.writeback = false),
           way.when(folio.pending > 1).note("not the last block of the folio"));
}

/// The end of a write that has reached the disk: its conversion, unless it has none and goes on at
/// `finish`, and the end of writeback.
void end_written(Path& p, const World& w, int block, Label finish, Label next) {
  if (w.kernel().end_writeback == EndWriteback::after_conversion) {
    const Label sized = w.appends() ? p.forward() : finish;
    convert(p, w, block, sized, finish);
    p.label(finish);
    if (w.appends()) {
      set_file_size(p, w, block);
      p.label(sized);
    }
    finish_folio_write(p, w, block, true, next);
    return;
  }
  const Label converting = p.forward();
  finish_folio_write(p, w, block, false, converting);
  p.label(converting);
  const Label converted = p.forward();
  convert(p, w, block, converted, converted);
  p.label(converted);
  {
    const auto end = p.function("iomap_finish_ioend", "fs/iomap/buffered-io.c");
    p.step("free the ioend", then(w.ioend.stage[block] = IoStage::none).go(next));
  }
  p.label(finish);
  finish_folio_write(p, w, block, true, next);
}

void record_io_completion(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("iomap_ioend", "fs/iomap/buffered-io.c");
  const int block = options.at("block");
  if (w.kernel().ioends == Ioends::of_an_extent) {
    record_ioend_of_extent(p, w, block);
    return;
  }
  const Label next = p.forward();
  const Label finish = p.forward();
  const Label failed = p.forward();

  p.label(next);
  reach_disk(p, w, block, finish, failed);
  end_written(p, w, block, finish, next);
  if (!w.writes_can_fail()) return;
  p.label(failed);
  end_failed(p, w, block, next);
}

} // namespace

Alternative arrival(const World& w, int block) {
  const auto folio = w.folio[block / w.geometry.blocks_per_folio];
  const Place stage = w.ioend.stage[block];
  const int per_block = w.geometry.segments_per_block;
  const int first = block % w.geometry.blocks_per_folio * per_block;
  const Expr place = w.disk.is_indirect() ? Expr(w.ioend.place[block]) : Expr(block);
  return when(stage == IoStage::submitted)
      .then(for_each(per_block, [&](int s) { return w.disk.at(place)[s] = folio.data[first + s]; }),
            stage = IoStage::written,
            w.writes_can_fail() ? save(w, block) : Effect())
      .check(w.claims.writes_own_block,
             owns(w, block, place),
             "the data goes to a block that is not this file's alone");
}

IomapPath io_completion() {
  return {{.name = "io_completion",
           .process = "ioend",
           .function = "xfs_end_ioend",
           .text = "the device and the completion of one block's I/O; comes with writeback",
           .source = "atlas buffered P2, D1 to C4",
           .options = {{"block", "block whose I/O it completes", 0, 7, 0}},
           .automatic = true},
          record_io_completion};
}

} // namespace stalemate::kernel::iomap
