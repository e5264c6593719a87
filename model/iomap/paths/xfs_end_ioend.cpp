// The device; xfs_end_ioend(), fs/xfs/xfs_aops.c; iomap_finish_folio_write(),
// fs/iomap/buffered-io.c.
//
// Keeps:   the instant at which the data reaches the disk, the conversion of an unwritten extent
//          before writeback ends (or after, as a variant), the pending count of the folio.
// Drops:   I/O errors, the on-disk size, the sorting and merging of ioends: every order is allowed.
// Atomic:  the transaction of the conversion is one step under the ILOCK. The last block of a
//          folio clears the flag in the step that takes the count to zero; nobody else looks at
//          the count.
// Sources: path atlas D1, C1, C2, C4; section 1.4 for why the order matters.

#include "model/iomap/paths/xfs_end_ioend.hpp"

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

void reach_disk(Path& p, const World& w, int block, Label finish) {
  const auto fn = p.function("submit_bio", "block/blk-core.c");
  const auto folio = w.folio[block / w.geometry.blocks_per_folio];
  const Place stage = w.ioend.stage[block];
  const Place unwritten = w.ioend.unwritten[block];
  const int per_block = w.geometry.segments_per_block;
  const int first = block % w.geometry.blocks_per_folio * per_block;

  const auto write =
      when(stage == IoStage::submitted)
          .then(for_each(per_block,
                         [&](int s) { return w.disk.row(block)[s] = folio.data[first + s]; }),
                stage = IoStage::written);
  std::vector<Alternative> ways;
  ways.push_back(write.when(unwritten).note("the extent is unwritten: the rest in a worker"));
  ways.push_back(write.when(!unwritten).note("the extent is mapped already").go(finish));
  p.step(idle("the data reaches the disk"), ways);
}

void convert(Path& p, const World& w, int block) {
  const auto fn = p.function("xfs_end_ioend", "fs/xfs/xfs_aops.c");
  const bool takes_rwsem = w.kernel().i_rwsem_also_in == RwsemAlsoIn::io_completion;
  if (takes_rwsem) p.step("take i_rwsem, to keep writes out", take(w.inode.i_rwsem));
  p.step("convert the extent from unwritten to mapped",
         then(w.extent[block] = Extent::mapped,
              w.inode.bump_seq(),
              w.ioend.stage[block] = IoStage::converted));
  if (takes_rwsem) p.step("drop i_rwsem", then(release(w.inode.i_rwsem)));
}

/// Ends the block's part in the folio's writeback. `last` says that the ioend is done with it.
void finish_folio_write(Path& p, const World& w, int block, bool last, Label next) {
  const auto fn = p.function("iomap_finish_folio_write", "fs/iomap/buffered-io.c");
  const auto folio = w.folio[block / w.geometry.blocks_per_folio];
  const auto done = last ? w.ioend.stage[block] = IoStage::none : Effect();
  const auto way = always()
                       .check(w.claims.converted_before_end,
                              w.extent[block] == Extent::mapped,
                              "writeback ends when the extent is in its final state")
                       .then(done, folio.pending = folio.pending - 1)
                       .go(next);
  if (w.geometry.blocks_per_folio == 1)
    p.step("end writeback of the folio", way.then(folio.writeback = false));
  else
    p.step("end writeback of the folio",
           way.when(folio.pending == 1).then(folio.writeback = false),
           way.when(folio.pending > 1).note("not the last block of the folio"));
}

void record(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("iomap_ioend", "fs/iomap/buffered-io.c");
  const int block = options.at("block");
  const Label next = p.forward();
  const Label finish = p.forward();

  p.label(next);
  reach_disk(p, w, block, finish);
  if (w.kernel().end_writeback == EndWriteback::after_conversion) {
    convert(p, w, block);
    p.label(finish);
    finish_folio_write(p, w, block, true, next);
    return;
  }
  const Label converting = p.forward();
  finish_folio_write(p, w, block, false, converting);
  p.label(converting);
  convert(p, w, block);
  {
    const auto end = p.function("iomap_finish_ioend", "fs/iomap/buffered-io.c");
    p.step("free the ioend", then(w.ioend.stage[block] = IoStage::none).go(next));
  }
  p.label(finish);
  finish_folio_write(p, w, block, true, next);
}

} // namespace

IomapPath io_completion() {
  return {{.name = "io_completion",
           .process = "ioend",
           .function = "xfs_end_ioend",
           .text = "the device and the completion of one block's I/O; comes with writeback",
           .source = "path atlas P2, D1 to C4",
           .options = {{"block", "block whose I/O it completes", 0, 7, 0}},
           .automatic = true},
          record};
}

} // namespace stalemate::kernel::iomap
