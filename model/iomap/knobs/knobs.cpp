#include "model/iomap/knobs/knobs.hpp"

#include "model/extension/additions.hpp"

namespace stalemate::kernel::iomap {

namespace {

/// What a filesystem does differently from XFS. Other knobs of a scenario come on top of it.
Kernel with_filesystem(Kernel kernel, Filesystem filesystem) {
  kernel.filesystem = filesystem;
  if (filesystem == Filesystem::xfs || filesystem == Filesystem::xfs_zoned) return kernel;
  // Only XFS has a cookie and holds i_rwsem while it reads.
  kernel.has_cookie = false;
  kernel.reads_take_i_rwsem = false;
  switch (filesystem) {
  case Filesystem::xfs:
  case Filesystem::xfs_zoned:
  case Filesystem::zonefs: // what is written is mapped for good
    break;
  case Filesystem::gfs2:
  case Filesystem::gfs2_jdata:
    kernel.hole_write = HoleWrite::allocates;
    kernel.glock = true;
    break;
  case Filesystem::late_alloc:
    kernel.hole_write = HoleWrite::leaves_it;
    break;
  case Filesystem::alloc_new:
    kernel.hole_write = HoleWrite::allocates;
    break;
  }
  return kernel;
}

KnobOf<Kernel> filesystem() {
  KnobOf<Kernel> knob =
      words(&Kernel::filesystem,
            "filesystem",
            "the filesystem; sets other knobs, each of which a scenario can set otherwise",
            "iomap-folio-ops thread; atlas P1, P7, P8",
            {{"xfs", "delayed allocation, unwritten extents, a cookie: every other default"},
             {"gfs2", "allocates at once, under the glock, without a cookie"},
             {"gfs2_jdata", "the same; its data goes through the journal"},
             {"zonefs", "every block of the file is mapped for good; no cookie"},
             {"late_alloc", "leaves holes to writeback; no cookie"},
             {"alloc_new", "allocates at once, without glock and cookie"},
             {"xfs_zoned", "XFS on a zoned device: every write goes to another place"}});
  knob.set = [](Kernel& kernel, int value) {
    kernel = with_filesystem(kernel, static_cast<Filesystem>(value));
  };
  // Two of the others are no filesystem that there is, and not every version has the third.
  return std::move(knob).released_with({"xfs", "gfs2", "gfs2_jdata", "zonefs"});
}

} // namespace

const std::vector<KnobOf<Kernel>>& knobs() {
  static const auto all = with_additions<KnobOf<Kernel>>({
      version_knob<Kernel>(),
      filesystem(),
      words(&Kernel::iomap_valid,
            "iomap_valid",
            "where a buffered write asks whether its cached mapping is still true",
            "d7b64041164c; iomap-folio-ops thread, patch 8; atlas R1",
            {{"none", "nowhere, as before v6.2"},
             {"after_folio_lock", "in ->iomap_valid, with the folio locked, as merged in v6.2"}}),
      words(&Kernel::mapping_order,
            "mapping_order",
            "what a buffered write does first",
            "atlas R1, buffer-head style",
            {{"map_then_lock", "map, then lock each folio of the mapping, as iomap does"},
             {"lock_then_map", "lock a folio, then map it; iomap_valid does not apply"}}),
      words(&Kernel::cookie_covers,
            "cookie_covers",
            "which sequence counters the cookie of a mapping in the COW fork holds",
            "xfs_iomap_inode_sequence; atlas 1.3, R3",
            {{"both_forks", "those of both forks"},
             {"both_over_data",
              "those of both forks, but the data fork's alone where that has a hole"},
             {"data_fork", "the data fork's alone"},
             {"cow_fork", "the COW fork's alone"}})
          .in({{Version::v6_1, "both_over_data", "end of xfs_buffered_write_iomap_begin"},
               {Version::v6_12, "both_forks", "end of xfs_buffered_write_iomap_begin"}}),
      words(&Kernel::hole_check,
            "hole_check",
            "whether a mapping that is a hole, which XFS hands out without a cookie, can be stale",
            "xfs_hole_to_iomap, xfs_iomap_valid; F7, F8",
            {{"never_stale", "->iomap_valid takes every hole for true"},
             {"always_stale", "the cookie that it lacks never fits; such a hole is only skipped"},
             {"by_cookie", "holes have a cookie, which is compared; of no version"}})
          .in({{Version::v6_1, "always_stale", "xfs_iomap_valid; xfs_hole_to_iomap sets none"},
               {Version::v6_18, "never_stale", "xfs_iomap_valid leaves holes out"}}),
      words(&Kernel::writeback_mapping,
            "writeback_mapping",
            "what writeback does with the mapping of the block before",
            "xfs_imap_valid; iomap-folio-ops thread, Chinner and Hellwig; atlas table B6, R4",
            {{"looked_up", "looks every block up anew, which revalidation comes to"},
             {"revalidated", "uses it if the counters of both forks have not moved, as XFS does"},
             {"data_counter_only", "uses it if the data fork's counter has not moved"},
             {"trusted", "uses it as long as it covers the block, as in old kernels"}}),
      words(&Kernel::fork_lookup,
            "fork_lookup",
            "how writeback looks into the COW fork and then into the data fork",
            "5c665e5b5af6, xfs/558; atlas R5",
            {{"one_ilock_hold", "under one hold of the ILOCK"},
             {"two_ilock_holds", "under two, trimming the second result by the COW fork"},
             {"two_holds_revalidated", "under two, starting over if a counter moved in between"}}),
      boolean(&Kernel::trims_at_cow,
              "trims_at_cow",
              "the mapping that writeback caches ends where the COW fork has blocks",
              "xfs_map_blocks; atlas table B6 m4, R4b"),
      words(&Kernel::end_writeback,
            "end_writeback",
            "when an ioend clears the folio's writeback flag",
            "atlas 1.4, C2 and C4",
            {{"after_conversion", "when the extents are converted"},
             {"before_conversion", "when the data is on the disk, before the conversion"}}),
      words(&Kernel::delalloc_becomes,
            "delalloc_becomes",
            "what writeback allocates for a delayed allocation",
            "atlas 2, DELALLOC_TO_WRITTEN",
            {{"unwritten", "unwritten blocks, converted when the data is on the disk"},
             {"mapped", "written blocks at once, as in old kernels"}}),
      words(&Kernel::zero_fill,
            "zero_fill",
            "what a write zeroes of a block without data that it covers in part",
            "__iomap_write_begin; atlas W5, R8e",
            {{"around_the_write", "what it is going to cover stays as the page was allocated"},
             {"whole_block", "all of the block, so that a short copy leaves zeroes behind"}}),
      words(&Kernel::zeroing,
            "zeroing",
            "what zeroing of a range does about dirty data over blocks that are zero on disk",
            "c5c810b94cfd, 7d9b474ee4cc, fde4c4c3ec1c; atlas P6.Z, R10",
            {{"batch",
              "zeroes in place the folios that were dirty or under writeback at the lookup, of "
              "which it holds references; also over holes that the COW fork covers"},
             {"batch_over_unwritten",
              "the same over unwritten blocks; over holes it writes back and looks again, once"},
             {"flushes_if_dirty",
              "zeroes a dirty block in place that the range enters in its middle; then writes "
              "back what is dirty when it meets it, and looks again, once"},
             {"flushes_once", "writes back what is dirty when it meets it, and looks again, once"},
             {"flushes_first", "writes the whole range back before it looks at anything"},
             {"zeroes_busy_folios",
              "zeroes in place what is dirty or under writeback under the ILOCK of the lookup"},
             {"zeroes_dirty_folios", "zeroes in place what is dirty then, and nothing else"},
             {"zeroes_busy_folios_late",
              "zeroes in place what is dirty or under writeback after the lookup"},
             {"skips", "skips them"}})
          .in({{Version::v6_1, "skips", "iomap_zero_iter"},
               {Version::v6_12, "flushes_once", "iomap_zero_range, range_dirty"},
               {Version::v6_18, "flushes_if_dirty", "iomap_zero_range, its loop over the head"},
               {Version::v7_0,
                "batch_over_unwritten",
                "iomap_fill_dirty_folios in xfs_buffered_write_iomap_begin"},
               {Version::v7_1, "batch", "the same, called for blocks of the COW fork, too"}}),
      words(&Kernel::clone_locks,
            "clone_locks",
            "what a clone holds of its source while it shares the blocks",
            "14a537983b22; iomap-folio-ops thread, Chinner; atlas R11",
            {{"shared_with_flag", "both locks shared; a flag makes faults and direct writes wait"},
             {"exclusive", "both locks exclusively, as before v6.7"},
             {"shared", "both locks shared and nothing else"}}),
      words(&Kernel::copy_looks_again,
            "copy_looks_again",
            "what a direct write looks at again when it has dropped the ILOCK to allocate a copy",
            "xfs_reflink_fill_cow_hole, xfs_reflink_fill_delalloc; D8",
            {{"sharing", "the COW fork, and whether the block that it found before is shared"},
             {"mapping", "also which block the file has by now, if the data fork has changed"}})
          .in({{Version::v6_1, "mapping", "seq_before in xfs_reflink_fill_cow_hole"},
               {Version::v6_6, "sharing", "xfs_reflink_fill_cow_hole; not seen of 7.x"}}),
      words(&Kernel::copy_remaps,
            "copy_remaps",
            "how much of a copy takes its place when a part of it has been written",
            "55f669f34184; R19",
            {{"what_was_written", "what the I/O that ends has written"},
             {"whole_extent",
              "all of its extent in the COW fork that has been submitted, as before v6.7"}}),
      words(&Kernel::spare_zeroing,
            "spare_zeroing",
            "what zeroing does about a delayed allocation that lies behind the end of the file",
            "xfs_buffered_write_iomap_begin, convert_delay; 5ce5674187c3; R21",
            {{"allocates", "drops what is cached from there on, and allocates it unwritten"},
             {"through_cache", "zeroes it in the page cache, as before v6.10"}}),
      words(&Kernel::zoned_hole,
            "zoned_hole",
            "what zeroing on a zoned device takes for a hole",
            "xfs_zoned_buffered_write_iomap_begin; K15, R22",
            {{"both_forks_flushed",
              "what is a hole in both forks; what is dirty or under writeback there is written "
              "back before"},
             {"both_forks", "what is a hole in both forks"},
             {"data_fork", "what is a hole in the data fork"}})
          .in({{Version::v6_1, "data_fork", "of v6.18; v6.15 is the first that has zoned files"},
               {Version::v7_1, "both_forks_flushed", "xfs_zoned_buffered_write_iomap_begin"}}),
      words(&Kernel::dirty_split,
            "dirty_split",
            "what truncation does about a dirty folio of several pages of which a part goes",
            "iomap_invalidate_folio, iomap_release_folio; a221ab717c43; R20",
            {{"refused", "zeroes the part, and leaves the folio whole"},
             {"forgets_blocks",
              "forgets which of its blocks are uptodate and splits it, as from v5.17 to v6.5"}}),
      words(&Kernel::ioends,
            "ioends",
            "which blocks of a folio are written, and complete, together",
            "iomap_can_add_to_ioend; R19",
            {{"of_a_block", "none: each by itself, in any order"},
             {"of_an_extent", "neighbours of one extent, or of one copy"}})
          .of_surroundings(),
      words(&Kernel::jdata_put_folio,
            "jdata_put_folio",
            "when gfs2 adds the buffers of a journaled write to its transaction",
            "iomap-folio-ops thread, patch 2; atlas P7 g4, R9",
            {{"adds_first", "before it unlocks the folio"},
             {"unlocks_first", "after it unlocked the folio, as before patch 2"}})
          .in({{Version::v6_1, "unlocks_first", "gfs2_iomap_page_done"},
               {Version::v6_6, "adds_first", "gfs2_iomap_put_folio"}}),
      words(&Kernel::recorded_size,
            "recorded_size",
            "how far a completed write says the file reaches on disk",
            "51d20d1dacbe; atlas R12b",
            {{"trimmed", "to i_size as writeback saw it"},
             {"end_of_block", "to the end of the block, or i_size at completion if that is less"}})
          .in({{Version::v6_1, "end_of_block", "iomap_add_to_ioend adds whole blocks"},
               {Version::v6_12, "trimmed", "iomap_add_to_ioend cuts at i_size"}}),
      boolean(&Kernel::dio_invalidates_after,
              "dio_invalidates_after",
              "a direct write drops what was cached of its range while it ran",
              "kiocb_invalidate_post_direct_write; atlas R13"),
      words(&Kernel::dio_unaligned,
            "dio_unaligned",
            "how a direct write that covers parts of blocks keeps others out",
            "xfs_file_dio_write_unaligned, ed1128c2d0c8; atlas WU2, D1",
            {{"shared_for_overwrites",
              "i_rwsem shared, if it overwrites written blocks before i_size; exclusively if not"},
             {"shared", "i_rwsem shared, whatever it finds"},
             {"exclusive", "i_rwsem exclusively, as before v5.12"}}),
      words(&Kernel::dio_eof_rule,
            "dio_eof_rule",
            "where such a write makes sure that it ends before i_size, beyond which it zeroes",
            "xfs_file_dio_write_unaligned and __iomap_dio_rw; atlas WU1, C3, D1 e and g",
            {{"unlocked", "without a lock; under i_rwsem only whether it ends behind i_size"},
             {"none", "nowhere"},
             {"end_included", "the same, and under i_rwsem also whether it ends right at i_size"},
             {"under_i_rwsem", "again when it has i_rwsem"}}),
      boolean(&Kernel::dio_drains,
              "dio_drains",
              "a direct write that may zero parts of blocks waits until no other is in flight",
              "inode_dio_wait in xfs_file_dio_write_unaligned; atlas WU5, D1 c"),
      words(&Kernel::dio_end_io,
            "dio_end_io",
            "when the completion of a direct write converts unwritten blocks",
            "iomap_dio_complete, c771c14baa33, 5e25c269e17d; atlas E1 to E3, D3",
            {{"before_invalidation", "before it drops what was cached meanwhile"},
             {"after_invalidation", "afterwards, as in v4.14-rc3 (332391a9935d)"}}),
      words(&Kernel::dio_reads,
            "dio_reads",
            "what a direct read does to agree with writes that run beside it",
            "xfs_file_dio_read; iomap-folio-ops thread, Chinner; atlas D2",
            {{"shared", "i_rwsem shared, as in the kernel"},
             {"shared_looking_again", "and it maps again after it filled in zeroes"},
             {"exclusive", "i_rwsem exclusively, and no direct I/O is in flight"}}),
      boolean(&Kernel::dio_keeps_faults_out,
              "dio_keeps_faults_out",
              "a direct write holds invalidate_lock from its first invalidation to its second",
              "iomap-folio-ops thread, Chinner; atlas D3 f"),
      boolean(
          &Kernel::frees_wait_for_dio,
          "frees_wait_for_dio",
          "truncate and fallocate wait until no direct I/O is in flight before they free blocks",
          "inode_dio_wait in xfs_setattr_size and xfs_file_fallocate; atlas D5"),
      boolean(&Kernel::buffered_reads_revalidate,
              "buffered_reads_revalidate",
              "a buffered read that cached zeroes looks whether the mapping has changed",
              "iomap-folio-ops thread, Chinner; atlas D3 e"),
      boolean(&Kernel::growth_zeroes_tail,
              "growth_zeroes_tail",
              "growing a file zeroes what its old last folio holds behind its last block",
              "52aecaee1c26; atlas R12c")
          .in({{Version::v6_1, "false", "pagecache_isize_extended"},
               {Version::v6_18, "true", "pagecache_isize_extended, if the folio is dirty"}}),
      boolean(&Kernel::truncate_flushes_eof,
              "truncate_flushes_eof",
              "truncation writes the new last block back before it zeroes its tail",
              "869ae85dae64; atlas R10b")
          .in({{Version::v6_1, "true", "xfs_setattr_size"},
               {Version::v6_12, "false", "xfs_setattr_size"}}),
      boolean(&Kernel::gap_keeps_faults_out,
              "gap_keeps_faults_out",
              "a write behind i_size holds invalidate_lock while it zeroes what lies between",
              "xfs_file_write_zero_eof")
          .in({{Version::v6_1, "false", "xfs_file_write_checks"},
               {Version::v6_12, "true", "xfs_file_write_zero_eof"}}),
      boolean(&Kernel::insert_flushes_eof,
              "insert_flushes_eof",
              "who inserts a range writes the last folio back before i_size moves",
              "xfs_falloc_insert_range")
          .in({{Version::v6_1, "false", "xfs_falloc_insert_range"},
               {Version::v7_1, "true", "xfs_falloc_insert_range"}}),
      boolean(&Kernel::reads_take_i_rwsem,
              "reads_take_i_rwsem",
              "a buffered read holds i_rwsem shared throughout, as XFS does",
              "xfs_file_buffered_read; atlas G1"),
      words(&Kernel::i_rwsem_also_in,
            "i_rwsem_also_in",
            "who takes i_rwsem exclusively besides write(2)",
            "atlas 0.1 rules 2 and 4, R1",
            {{"nobody", "as in the kernel"},
             {"page_fault", "page faults, to keep writes out"},
             {"io_completion", "the conversion of unwritten extents, to keep writes out"}}),
      words(&Kernel::hole_write,
            "hole_write",
            "what a buffered write's iomap_begin does about a hole",
            "atlas table W1, P7, P8",
            {{"reserves", "reserves space, as XFS does; the mapping is a delayed allocation"},
             {"leaves_it", "maps the hole; blocks are allocated by writeback"},
             {"allocates", "allocates blocks at once, as gfs2 does; their content is garbage"}}),
      words(&Kernel::unused_reservation,
            "unused_reservation",
            "what a write that ends early does about what it reserved and did not use",
            "198dd8aedee6, f43dc4dc3eff; atlas table W10, R6",
            {{"scan_under_invalidate_lock", "keeps it under dirty folios, with faults locked out"},
             {"scan_unlocked", "keeps it under dirty folios, while faults go on"},
             {"drop_cache_under_invalidate_lock", "drops the page cache, with faults locked out"},
             {"drop_cache_unlocked", "drops the page cache, then the reservation, as up to v6.1"}}),
      words(&Kernel::unused_copy,
            "unused_copy",
            "what such a write does about what it reserved in the COW fork",
            "xfs_buffered_write_delalloc_punch, IOMAP_F_NEW",
            {{"given_back", "the same as in the data fork"},
             {"kept", "leaves it there, for a later write or the collector"}})
          .in({{Version::v6_1, "kept", "xfs_buffered_write_iomap_begin: not NEW"},
               {Version::v6_12, "given_back", "xfs_buffered_write_iomap_begin: NEW"}}),
      boolean(&Kernel::faults_clean_up,
              "faults_clean_up",
              "a page fault that fails gives its reservation back, as a write does",
              "118e021b4b66; atlas R6"),
      boolean(&Kernel::has_cookie,
              "has_cookie",
              "the filesystem has a counter by which a mapping can be validated",
              "atlas 1.3"),
      boolean(&Kernel::glock,
              "glock",
              "a write holds gfs2's glock throughout; faults and reads need it",
              "atlas P7, R8d"),
      boolean(&Kernel::stable_writes,
              "stable_writes",
              "a write waits until its folio is not under writeback",
              "atlas W3")
          .of_surroundings(),
      boolean(&Kernel::dirty_throttle,
              "dirty_throttle",
              "a write is throttled until nothing is dirty or under writeback",
              "atlas W2")
          .of_surroundings(),
      number(&Kernel::seq_modulus,
             "seq_modulus",
             "the sequence counter wraps at this value; 0: never, which fits 2^32",
             "atlas 1.2, R1",
             0,
             16),
  });
  return all;
}

} // namespace stalemate::kernel::iomap
