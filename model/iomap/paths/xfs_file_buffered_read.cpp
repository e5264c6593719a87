// xfs_file_buffered_read(), fs/xfs/xfs_file.c; filemap_read(), mm/filemap.c.
//
// Keeps:   i_size, before a folio behind it is made; i_rwsem shared throughout where the
//          filesystem takes it, the lockless look at a folio that is uptodate, invalidate_lock and
//          the folio lock where one must be made or read; EIO for what could not be read. A read of
//          a part of a folio takes blocks that are uptodate out of one that is not, with the folio
//          locked (iomap_is_partially_uptodate).
// Drops:   readahead, which is a path of its own; reads of several folios. What it returns is what
//          any look at the folio would show, so the invariants about it say whether it is right;
//          beside direct I/O what it got is remembered and looked at when it returns.
// Atomic:  copying out of an uptodate folio touches nothing that others see.
// Sources: atlas buffered P4 (G1-G6).

#include "model/iomap/paths/xfs_file_buffered_read.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/objects/witness.hpp"
#include "model/iomap/paths/iomap_read_folio.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// What is read: segments first..end-1 of the file, which lie in one folio.
struct Range {
  int folio;
  int first;
  int end;

  Range(const World& w, const Options& options)
      : folio(options.at("at") / w.geometry.segments_per_folio()), first(options.at("at")),
        end((folio + 1) * w.geometry.segments_per_folio()) {
    if (const int part = options.at("part"); part > 0)
      end = first + part;
    else
      first = folio * w.geometry.segments_per_folio();
  }
};

/// What the user gets, for the claims about reads beside direct I/O.
Effect copy_to_user(const Path& p, const World& w, const Range& range) {
  const auto folio = w.folio[range.folio];
  const int start = range.folio * w.geometry.segments_per_folio();
  return for_each(range.end - range.first, [&](int i) {
    const int at = range.first + i;
    return witness::read_gets(w, p.number(), at, folio.data[at - start]);
  });
}

/// With the folio locked: takes the range, and leaves to `done`, if all blocks of it are uptodate.
/// No step where they are all blocks of the folio.
void filemap_range_uptodate(
    Path& p, const World& w, const Range& range, const Alternative& leave, Label done) {
  const int per_block = w.geometry.segments_per_block;
  const int before = range.folio * w.geometry.blocks_per_folio;
  const int first = range.first / per_block - before;
  const int end = (range.end - 1) / per_block + 1 - before;
  if (end - first == w.geometry.blocks_per_folio) return;
  const auto fn = p.function("filemap_range_uptodate", "mm/filemap.c");
  const auto folio = w.folio[range.folio];
  const Expr are_uptodate = for_all(end - first, [&](int i) { return folio.uptodate[first + i]; });
  p.step("are the blocks of the read uptodate?",
         leave.when(are_uptodate).note("yes: copy it out").go(done),
         otherwise().note("no"));
}

/// Goes on at `nothing` if the file does not reach to the folio.
void filemap_read(
    Path& p, const World& w, const Range& range, const Effect& begins, Label nothing) {
  const auto fn = p.function("filemap_read", "mm/filemap.c");
  const int index = range.folio;
  const auto folio = w.folio[index];
  const Effect copy = copy_to_user(p, w, range);
  const InOrder locks(p, w);
  const bool takes_glock = w.kernel().glock;
  const int start = index * w.geometry.segments_per_folio();
  const Label done = p.forward();
  if (start >= w.lowest_size()) {
    const Expr is_beyond = w.is_beyond_size(start);
    p.step("does the file reach to the folio?",
           when(!is_beyond).note("yes"),
           when(is_beyond).note("no: there is nothing to read").go(nothing));
  }
  p.step(
      "is the folio there and uptodate?",
      when(folio.present && folio.all_uptodate()).note("copy it out").then(begins, copy).go(done),
      otherwise().then(begins));
  if (takes_glock) p.step("take the glock shared", locks.take_shared(Rank::glock, w.inode.glock));
  p.step("take invalidate_lock shared",
         locks.take_shared(Rank::invalidate_lock, w.inode.invalidate_lock));
  p.step("lock it, or make a new one",
         locks.take(Rank::folio_lock, folio.lock, when(folio.present)),
         locks.take(Rank::folio_lock, folio.lock, when(!folio.present))
             .note("the folio is new")
             .then(folio.present = true));
  const Effect unlock =
      together(copy, release(folio.lock), release_shared(w.inode.invalidate_lock));
  const auto leave = then(takes_glock ? unlock.then(release_shared(w.inode.glock)) : unlock);
  filemap_range_uptodate(p, w, range, leave, done);
  iomap_read_folio(p, w, index);
  if (w.reads_can_fail())
    p.step("the read is done: unlock the folio, drop invalidate_lock",
           leave.when(folio.all_uptodate()).note("all of it was read"),
           leave.when(!folio.all_uptodate()).note("an error: the user gets EIO"));
  else
    p.step("the read is done: unlock the folio, drop invalidate_lock", leave);
  p.label(done);
}

void record_buffered_read(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_file_buffered_read", "fs/xfs/xfs_file.c");
  const bool locks = w.kernel().reads_take_i_rwsem;
  const Effect begins = witness::read_begins(w, p.number());
  if (locks)
    p.step("take i_rwsem shared",
           InOrder(p, w).take_shared(Rank::i_rwsem, w.inode.i_rwsem).then(begins));
  const Range range(w, options);
  const Label nothing = p.forward();
  filemap_read(p, w, range, locks ? Effect() : begins, nothing);
  const auto returns = then(locks ? release_shared(w.inode.i_rwsem) : Effect()).end();
  p.step("return", witness::read_returns(w, p.number(), w.inode.size, returns));
  if (range.folio * w.geometry.segments_per_folio() < w.lowest_size()) return;
  p.label(nothing);
  p.step("return 0", returns);
}

} // namespace

IomapPath buffered_read() {
  return {
      {.name = "buffered_read",
       .process = "reader",
       .function = "xfs_file_buffered_read",
       .text = "read(2) through the page cache",
       .source = "atlas buffered P4",
       .options =
           {{"at", "segment of the file that it reads", 0, 31, 0},
            {"part", "how many segments of its folio it reads; 0: all of the folio", 0, 32, 0}}},
      record_buffered_read};
}

} // namespace stalemate::kernel::iomap
