// xfs_file_dio_write_aligned() and iomap_dio_rw(), with kiocb_invalidate_pages() before and
// kiocb_invalidate_post_direct_write() after.
//
// Keeps:   i_rwsem shared, write-back and drop of the cache before, the bio, the conversion of
//          unwritten blocks, the attempt to drop the cache after it, which a dirty folio defeats.
// Drops:   blocks that must be allocated, parts of blocks, asynchronous completion, the fallback to
//          a buffered write when the first drop fails: the write goes on. `dio_write` has all but
//          the last; this one is for scenarios in which direct I/O is the neighbour.
// Atomic:  one bio for all blocks. Until the write returns a read may see either content.
// Sources: path atlas R13; paths of direct I/O.

#include "model/iomap/paths/iomap_dio_rw.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/objects/world.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"
#include "model/iomap/paths/invalidate_inode_pages2_range.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

struct Blocks {
  int first;
  int end;
};

Effect set_in_flight(const World& w, const Blocks& blocks, bool value) {
  return for_each(blocks.end - blocks.first,
                  [&](int i) { return w.direct[blocks.first + i] = value; });
}

void record_direct_write(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_file_dio_write_aligned", "fs/xfs/xfs_file.c");
  const int per_block = w.geometry.segments_per_block;
  const int per_folio = w.geometry.blocks_per_folio;
  const Blocks blocks{options.at("at") / per_block,
                      (options.at("at") + options.at("segments") + per_block - 1) / per_block};
  const int mine = w.tag(p.number());
  const int first = blocks.first / per_folio;
  const int last = (blocks.end - 1) / per_folio;
  const WritepageContext context(p, w);
  p.step("take i_rwsem shared", InOrder(p, w).take_shared(Rank::i_rwsem, w.inode.i_rwsem));
  filemap_write_and_wait(p, w, context, first, last);
  invalidate_inode_pages2_range(p, w, first, last, "before");
  {
    const auto dio = p.function("iomap_dio_bio_iter", "fs/iomap/direct-io.c");
    p.step("submit the bio", then(set_in_flight(w, blocks, true)));
    p.step("the data reaches the disk",
           then(for_each((blocks.end - blocks.first) * per_block, [&](int i) {
             const int b = blocks.first + i / per_block;
             return w.disk.at(w.extent.place_of(b))[i % per_block] = mine;
           })));
  }
  {
    const auto end = p.function("xfs_dio_write_end_io", "fs/xfs/xfs_file.c");
    p.step("convert what is unwritten",
           then(for_each(blocks.end - blocks.first,
                         [&](int i) {
                           const Place state = w.extent[blocks.first + i];
                           const Expr is_unwritten = state == Extent::unwritten;
                           return state = select(is_unwritten, Extent::mapped, state);
                         }),
                w.inode.bump_seq()));
  }
  if (w.kernel().dio_invalidates_after) invalidate_inode_pages2_range(p, w, first, last, "after");
  p.step("return",
         then(release_shared(w.inode.i_rwsem),
              set_in_flight(w, blocks, false),
              for_each((blocks.end - blocks.first) * per_block,
                       [&](int i) { return w.written[blocks.first * per_block + i] = mine; }))
             .end());
}

} // namespace

IomapPath direct_write() {
  return {{.name = "direct_write",
           .process = "dio",
           .function = "xfs_file_dio_write_aligned",
           .text = "write(2) with O_DIRECT, of whole blocks that are allocated",
           .source = "path atlas R13",
           .options = {{"at", "first segment that it writes, at the start of a block", 0, 31, 0},
                       {"segments", "how many segments it writes, whole blocks", 1, 32, 2}}},
          record_direct_write};
}

} // namespace stalemate::kernel::iomap
