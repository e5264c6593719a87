#include "model/iomap/properties.hpp"

#include "model/extension/additions.hpp"
#include "model/iomap/content_claims.hpp"
#include "model/iomap/crash_claims.hpp"
#include "model/iomap/objects/content.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using build::Expr;

namespace {

/// A dirty block below i_size over nothing: writeback would skip it, clean, and lose it. Of zeroes
/// nothing is lost: a fault marks all blocks of its folio, those behind i_size too. While somebody
/// moves i_size up, what was stored behind the old one is still to be cut off.
Parts dirty_has_reservation(const World& w) {
  Parts parts;
  const int per_block = w.geometry.segments_per_block;
  for (int b = 0; b < w.geometry.blocks; ++b) {
    const auto folio = w.folio[b / w.geometry.blocks_per_folio];
    const int first = b % w.geometry.blocks_per_folio * per_block;
    const Expr is_dirty =
        folio.lock.is_free() && folio.dirty && folio.block_dirty[b % w.geometry.blocks_per_folio] &&
        !w.is_beyond_size(b * w.geometry.segments_per_block) &&
        build::exists(per_block, [&](int s) { return folio.data[first + s] != content::zeroes; });
    const int start = b * per_block;
    const Expr is_cut_off = w.inode.cut_from <= start && start < w.inode.cut_to;
    // XFS uses blocks of the COW fork whether the data fork has any or not.
    const Expr has_copy = w.setup.has_cow() ? w.cow[b] != Extent::hole : Expr(false);
    Expr has_space = w.extent[b] != Extent::hole || has_copy;
    if (w.kernel().hole_write == HoleWrite::leaves_it) has_space = true;
    // Where every write goes elsewhere, it needs a reservation of its own.
    if (w.setup.is_zoned()) has_space = has_copy;
    parts.emplace_back(
        implies(is_dirty && !is_cut_off, has_space),
        fmt::format("block {} is dirty, but has neither a reservation nor blocks on disk", b));
  }
  return parts;
}

/// When nobody is at work on the file, a delayed allocation is one under dirty data.
Parts no_leaked_reservation(const World& w) {
  Expr at_rest = w.inode.i_rwsem.is_free() && w.inode.invalidate_lock.is_free();
  for (int f = 0; f < w.geometry.folios(); ++f)
    at_rest = at_rest && w.folio[f].lock.is_free() && !w.folio[f].writeback;
  Parts parts;
  for (int b = 0; b < w.geometry.blocks; ++b) {
    const auto folio = w.folio[b / w.geometry.blocks_per_folio];
    const Expr is_dirty =
        folio.present && folio.dirty && folio.block_dirty[b % w.geometry.blocks_per_folio];
    // What lies behind the end is there for writes to come.
    const Expr is_spare =
        w.setup.preallocates() ? w.is_beyond_size(b * w.geometry.segments_per_block) : Expr(false);
    parts.emplace_back(implies(at_rest && w.extent[b] == Extent::delalloc && !is_spare, is_dirty),
                       fmt::format("block {} is a delayed allocation without dirty data", b));
    // In the COW fork reservations are rounded up, there may be some at the start, and old kernels
    // leave them there; as all do where writeback cannot allocate.
    const bool are_exact = w.setup.file.cow_extent_size == 1 && w.setup.file.cow.empty() &&
                           w.kernel().unused_copy == UnusedCopy::given_back && !w.maps_can_fail();
    if (w.setup.has_cow() && are_exact)
      parts.emplace_back(
          implies(at_rest && w.cow[b] == Extent::delalloc, is_dirty),
          fmt::format("block {} of the COW fork is a delayed allocation without dirty data", b));
  }
  return parts;
}

Parts writeback_flag_is_true(const World& w) {
  Parts parts;
  for (int f = 0; f < w.geometry.folios(); ++f)
    parts.emplace_back(
        w.folio[f].writeback == (w.folio[f].pending > 0),
        build::Sentence(
            fmt::format("folio {} has the writeback flag: {{}}; blocks under I/O: {{}}", f),
            {w.folio[f].writeback, w.folio[f].pending}));
  for (int b = 0; b < w.geometry.blocks; ++b)
    parts.emplace_back(implies(w.ioend.stage[b] != IoStage::none,
                               w.folio[b / w.geometry.blocks_per_folio].writeback),
                       fmt::format("block {} is under I/O, but its folio not under writeback", b));
  return parts;
}

/// The paths that send data to the disk.
std::vector<std::string> writes_data() {
  return {"writeback",
          "fsync",
          "truncate",
          "punch_hole",
          "zero_range",
          "collapse_range",
          "insert_range",
          "unshare",
          "clone"};
}

/// The paths that end with the claims of a read, beside direct I/O.
std::vector<std::string> reads_the_file() {
  return {"dio_read", "buffered_read"};
}

/// Those, and direct I/O, whose bios need no ioend.
std::vector<std::string> sends_data() {
  auto all = writes_data();
  all.emplace_back("dio_write");
  return all;
}

/// The paths that take locks: all but reclaim and its like, which only try.
std::vector<std::string> takes_locks() {
  auto all = writes_data();
  all.insert(all.end(),
             {"buffered_write",
              "buffered_read",
              "file_readahead",
              "mmap_write",
              "jdata_write",
              "jdata_writeback",
              "dio_write",
              "dio_read",
              "free_eofblocks"});
  return all;
}

/// The clone reads what the file held when it was made; only a write to the clone may change that.
Parts clone_keeps_its_data(const World& w) {
  Parts parts;
  for (int b = 0; b < w.geometry.blocks; ++b)
    for (int s = 0; s < w.geometry.segments_per_block; ++s)
      parts.emplace_back(
          implies(w.clone.returned && w.clone.linked[b],
                  w.disk.at(w.clone.place[b])[s] == w.clone.snapshot.row(b)[s]),
          build::Sentence(fmt::format("the clone's block {} holds {{}} in its segment {}, "
                                      "the file held {{}} when it was cloned",
                                      b,
                                      s),
                          {w.disk.at(w.clone.place[b])[s], w.clone.snapshot.row(b)[s]}));
  return parts;
}

/// What lies between i_size and the end of its block reads as zeroes through a mapping, once
/// nothing there waits to be written: writeback zeroes what was stored there.
Parts zeroes_beyond_size(const World& w) {
  Parts parts;
  const int per_block = w.geometry.segments_per_block;
  for (int s = 1; w.has_room_beyond_size() && s < w.geometry.segments(); ++s) {
    const Spot at(w, s);
    const int block_start = s / per_block * per_block;
    const Expr in_last_block = w.is_beyond_size(s) && !w.is_beyond_size(block_start);
    Expr is_at_rest = at.folio.lock.is_free() && !at.folio.dirty && !at.folio.writeback &&
                      w.inode.i_rwsem.is_free();
    // The data of a direct write is there before i_size says so.
    if (w.dio) is_at_rest = is_at_rest && !w.dio->is_being_written(s);
    parts.emplace_back(
        implies(in_last_block && is_at_rest, w.seen(s) == content::zeroes),
        build::Sentence(
            fmt::format(
                "segment {} is behind the end of the file, in its last block, and holds {{}}", s),
            {w.seen(s)}));
  }
  return parts;
}

} // namespace

const std::vector<IomapProperty>& properties() {
  using Kind = ir::PropertyKind;
  static const std::vector<IomapProperty> own{
      {{"no_lost_write",
        "a read sees what was written last",
        "atlas buffered I1",
        Kind::invariant,
        {}},
       no_lost_write,
       nullptr},
      {{"no_foreign_data",
        "a read sees only what was once written there, or zeroes",
        "atlas buffered I2",
        Kind::invariant,
        {}},
       no_foreign_data,
       nullptr},
      {{"no_zeroes_over_data",
        "a read does not see zeroes where data was written",
        "atlas buffered I3",
        Kind::invariant,
        {}},
       no_zeroes_over_data,
       nullptr},
      {{"clean_folio_matches_disk",
        "a clean folio holds what the disk holds, so that reclaim may drop it",
        "atlas buffered I4",
        Kind::invariant,
        {}},
       clean_folio_matches_disk,
       nullptr},
      {{"dirty_has_reservation",
        "a dirty block has space reserved or allocated for it",
        "atlas buffered I5",
        Kind::invariant,
        {}},
       dirty_has_reservation,
       nullptr},
      {{"no_leaked_reservation",
        "no delayed allocation is left behind under clean data",
        "atlas buffered I8",
        Kind::invariant,
        {}},
       no_leaked_reservation,
       nullptr},
      {{"fresh_mapping",
        "the cached mapping is still true when the write fills a block by it",
        "atlas buffered I10",
        Kind::assertion,
        {"buffered_write", "zero_range", "truncate", "punch_hole", "unshare"},
        false,
        true},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.fresh_mapping; }},
      {{"writeback_flag_is_true",
        "a folio is under writeback just as long as I/O of its blocks is unfinished",
        "atlas buffered I11",
        Kind::invariant,
        {}},
       writeback_flag_is_true,
       nullptr},
      {{"converted_before_writeback_ends",
        "when writeback of a folio ends, its extents are in their final state",
        "atlas buffered I11",
        Kind::assertion,
        writes_data()},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.converted_before_end; }},
      {{"writes_own_block",
        "data goes to a block on disk that is the file's alone",
        "atlas buffered I6",
        Kind::assertion,
        sends_data()},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.writes_own_block; }},
      {{"clone_keeps_its_data",
        "a clone reads what the file held when it was made",
        "atlas buffered I7",
        Kind::invariant,
        {"clone"}},
       clone_keeps_its_data,
       nullptr},
      {{"zeroes_beyond_size",
        "the rest of the last block reads as zeroes through a mapping",
        "869ae85dae64; atlas buffered R10, R12",
        Kind::invariant,
        {"truncate"}},
       zeroes_beyond_size,
       nullptr},
      {{"no_zeroes_after_a_crash",
        "what the size on disk includes was written",
        "51d20d1dacbe; atlas buffered I14, R12b",
        Kind::invariant,
        {"buffered_write"}},
       no_zeroes_after_a_crash,
       nullptr},
      {{"no_foreign_data_after_a_crash",
        "a block that is mapped as written was written, so that a crash exposes nothing else",
        "55f669f34184, a5949d3faedf",
        Kind::invariant,
        sends_data()},
       no_foreign_data_after_a_crash,
       nullptr},
      {{"disk_size_within_size",
        "the size on disk is never larger than i_size",
        "atlas buffered I14",
        Kind::invariant,
        {"buffered_write"}},
       disk_size_within_size,
       nullptr},
      {{"logged_before_home",
        "journaled data is in the log before it goes to its place on disk",
        "atlas buffered I9",
        Kind::assertion,
        {"jdata_writeback"}},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.logged_before_home; }},
      {{"buffer_is_there",
        "a transaction gets buffers that the folio still has",
        "atlas buffered I9",
        Kind::assertion,
        {"jdata_write"}},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.buffer_is_there; }},
      {{"lock_order",
        "locks are taken in their order, and not twice",
        "atlas buffered 0.1",
        Kind::assertion,
        takes_locks()},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.lock_order; }},
      {{"reads_are_regular",
        "a read gets what was there when it began, or what a write since then brings",
        "atlas direct-and-swap SAF-11; D2, D3, D4",
        Kind::assertion,
        reads_the_file()},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.reads_are_regular; }},
      {{"reads_are_atomic",
        "a read does not get the old after somebody has seen the new, in any part of it",
        "atlas direct-and-swap SAF-11; D2, D3",
        Kind::assertion,
        reads_the_file(),
        true},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.reads_are_atomic; }},
      {{"direct_io_succeeds",
        "a direct read or write does not fail because of what runs beside it",
        "atlas direct-and-swap Z0, D1 f, D7",
        Kind::assertion,
        {"dio_read", "dio_write"},
        true},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.direct_io_succeeds; }},
      {{"fsync_means_on_disk",
        "when fsync returns 0, what was written before is on disk, but for what it told earlier",
        "fsync(2)",
        Kind::assertion,
        {"fsync"}},
       nullptr,
       [](World& w) -> build::Claim& { return w.claims.fsync_means_on_disk; }},
      {{"uptodate_is_true",
        "a block that is uptodate holds what was written last",
        "atlas buffered I12",
        Kind::invariant,
        {}},
       uptodate_is_true,
       nullptr},
      {{"no_deadlock",
        "somebody can always go on, unless all have ended or rest",
        "atlas buffered I13",
        Kind::no_deadlock,
        {}},
       nullptr,
       nullptr},
      {{"progress",
        "whoever has not ended and does not rest gets on with it, some time",
        "atlas buffered I13",
        Kind::progress,
        {},
        true},
       nullptr,
       nullptr},
      {{"references_end",
        "who has taken a reference on a page or folio puts it",
        "folio_put(), include/linux/mm.h",
        Kind::leads_to,
        {},
        true},
       nullptr,
       nullptr,
       [](const World& w) -> Expr { return w.folio[0].refs != 0; },
       [](const World& w) -> Expr { return w.folio[0].refs == 0; }},
      {{"can_finish",
        "whatever has happened, everyone can still end or come to rest",
        "atlas buffered I13",
        Kind::can_finish,
        {},
        true},
       nullptr,
       nullptr},
  };
  static const auto all = with_additions(own);
  return all;
}

} // namespace stalemate::kernel::iomap
