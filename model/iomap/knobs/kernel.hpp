#pragma once

#include <cstdint>

namespace stalemate::kernel::iomap {

/// Where a buffered write asks whether its cached mapping still describes the file. Where else it
/// could ask, scenarios say as edits.
enum class ValidityCheck : std::uint8_t { none, after_folio_lock };

/// Whether a buffered write maps first and locks the folio later, as iomap does, or the reverse,
/// as buffer heads did.
enum class MappingOrder : std::uint8_t { map_then_lock, lock_then_map };

/// Which counters a buffered write's cookie holds when its mapping is in the COW fork.
enum class CookieCovers : std::uint8_t { both_forks, both_over_data, data_fork, cow_fork };

/// Whether a mapping that is a hole of the file can become stale.
enum class HoleCheck : std::uint8_t { never_stale, always_stale, by_cookie };

/// What a write that ends early does about what it reserved in the COW fork and did not use.
enum class UnusedCopy : std::uint8_t { given_back, kept };

/// What writeback does with the mapping that it used for the block before.
enum class WritebackMapping : std::uint8_t { looked_up, revalidated, data_counter_only, trusted };

/// How writeback looks for a block in the COW fork and then in the data fork.
enum class ForkLookup : std::uint8_t { one_ilock_hold, two_ilock_holds, two_holds_revalidated };

/// When an ioend clears the folio's writeback flag, relative to the extent conversion.
enum class EndWriteback : std::uint8_t { after_conversion, before_conversion };

/// What writeback allocates for a delayed allocation.
enum class DelallocBecomes : std::uint8_t { unwritten, mapped };

/// What a write zeroes of a block that has no data on disk and that it covers in part.
enum class ZeroFill : std::uint8_t { around_the_write, whole_block };

/// What zeroing of a range does about dirty data over blocks that are zero on disk.
enum class Zeroing : std::uint8_t {
  batch,
  batch_over_unwritten,
  flushes_if_dirty,
  flushes_once,
  flushes_first,
  zeroes_busy_folios,
  zeroes_dirty_folios,
  zeroes_busy_folios_late,
  skips,
};

/// What a clone holds of its source while it shares the blocks.
enum class CloneLocks : std::uint8_t { shared_with_flag, exclusive, shared };

/// How much of an extent of the COW fork takes its place when some of it has been written.
enum class CopyRemaps : std::uint8_t { what_was_written, whole_extent };

/// What zeroing does about a delayed allocation behind the end of the file.
enum class SpareZeroing : std::uint8_t { allocates, through_cache };

/// What zeroing on a zoned device takes for a hole.
enum class ZonedHole : std::uint8_t { both_forks_flushed, both_forks, data_fork };

/// What truncation does about a dirty folio of several pages of which a part goes.
enum class DirtySplit : std::uint8_t { refused, forgets_blocks };

/// Which blocks of a folio are written, and complete, together.
enum class Ioends : std::uint8_t { of_a_block, of_an_extent };

/// What a direct write looks at again when it has dropped the ILOCK to allocate a copy.
enum class CopyLooksAgain : std::uint8_t { sharing, mapping };

/// When gfs2 adds the buffers of a journaled write to its transaction.
enum class JdataPutFolio : std::uint8_t { adds_first, unlocks_first };

/// The end of the file that a completed write records on disk.
enum class RecordedSize : std::uint8_t { trimmed, end_of_block };

/// A filesystem: what it does differently from XFS.
enum class Filesystem : std::uint8_t {
  xfs,
  gfs2,
  gfs2_jdata,
  zonefs,
  late_alloc,
  alloc_new,
  xfs_zoned
};

/// Who takes i_rwsem exclusively besides write(2), so that it could not overlap with a write.
enum class RwsemAlsoIn : std::uint8_t { nobody, page_fault, io_completion };

/// What a buffered write's iomap_begin does about a hole.
enum class HoleWrite : std::uint8_t { reserves, leaves_it, allocates };

/// What a write that ends early does about a reservation that it made and did not use.
enum class UnusedReservation : std::uint8_t {
  scan_under_invalidate_lock,
  scan_unlocked,
  drop_cache_under_invalidate_lock,
  drop_cache_unlocked,
};

/// How a direct write that covers parts of blocks keeps others out.
enum class DioUnaligned : std::uint8_t { shared_for_overwrites, shared, exclusive };

/// Where such a write asks whether it ends before i_size, so that no tail needs zeroes.
enum class DioEofRule : std::uint8_t { unlocked, none, end_included, under_i_rwsem };

/// When the completion of a direct write converts unwritten blocks.
enum class DioEndIo : std::uint8_t { before_invalidation, after_invalidation };

/// What a direct read does to agree with writes that run beside it.
enum class DioReads : std::uint8_t { shared, shared_looking_again, exclusive };

/// The kernel variant that a scenario selects: one member per knob, the defaults are the kernel's.
struct Kernel {
  Filesystem filesystem = Filesystem::xfs;
  ValidityCheck iomap_valid = ValidityCheck::after_folio_lock;
  MappingOrder mapping_order = MappingOrder::map_then_lock;
  CookieCovers cookie_covers = CookieCovers::both_forks;
  WritebackMapping writeback_mapping = WritebackMapping::looked_up;
  ForkLookup fork_lookup = ForkLookup::one_ilock_hold;
  bool trims_at_cow = true; ///< Writeback's data mapping ends where the COW fork has blocks.
  EndWriteback end_writeback = EndWriteback::after_conversion;
  DelallocBecomes delalloc_becomes = DelallocBecomes::unwritten;
  ZeroFill zero_fill = ZeroFill::around_the_write;
  Zeroing zeroing = Zeroing::batch;
  HoleCheck hole_check = HoleCheck::never_stale;
  CloneLocks clone_locks = CloneLocks::shared_with_flag;
  CopyLooksAgain copy_looks_again = CopyLooksAgain::sharing;
  CopyRemaps copy_remaps = CopyRemaps::what_was_written;
  SpareZeroing spare_zeroing = SpareZeroing::allocates;
  ZonedHole zoned_hole = ZonedHole::both_forks_flushed;
  DirtySplit dirty_split = DirtySplit::refused;
  Ioends ioends = Ioends::of_a_block;
  JdataPutFolio jdata_put_folio = JdataPutFolio::adds_first;
  RecordedSize recorded_size = RecordedSize::trimmed;
  bool dio_invalidates_after = true; ///< A direct write drops what was cached meanwhile.
  DioUnaligned dio_unaligned = DioUnaligned::shared_for_overwrites;
  DioEofRule dio_eof_rule = DioEofRule::unlocked;
  DioEndIo dio_end_io = DioEndIo::before_invalidation;
  DioReads dio_reads = DioReads::shared;
  bool dio_drains = true;            ///< A write that may zero waits until it is alone.
  bool dio_keeps_faults_out = false; ///< A direct write holds invalidate_lock throughout.
  bool frees_wait_for_dio = true;    ///< Who frees blocks waits until no direct I/O is in flight.
  bool buffered_reads_revalidate = false; ///< A read that cached zeroes looks again.
  bool growth_zeroes_tail = true;    ///< Growing zeroes the old last folio behind its last block.
  bool truncate_flushes_eof = false; ///< Truncation writes the new last block back first.
  bool gap_keeps_faults_out =
      true;                       ///< A write behind i_size zeroes up to it under invalidate_lock.
  bool insert_flushes_eof = true; ///< Who inserts writes the last folio back before i_size moves.
  bool reads_take_i_rwsem = true; ///< Buffered reads hold i_rwsem shared throughout.
  RwsemAlsoIn i_rwsem_also_in = RwsemAlsoIn::nobody;
  HoleWrite hole_write = HoleWrite::reserves;
  UnusedReservation unused_reservation = UnusedReservation::scan_under_invalidate_lock;
  UnusedCopy unused_copy = UnusedCopy::given_back;
  bool faults_clean_up = false; ///< A fault that fails cleans up as a write does.
  bool has_cookie = true;       ///< The filesystem has a counter to validate mappings by.
  bool glock = false;           ///< Writes hold gfs2's glock; faults and reads need it.
  bool stable_writes = false;   ///< A write waits for writeback of its folio to end.
  bool dirty_throttle = false;  ///< A write waits until no folio is dirty or under writeback.
  int seq_modulus = 0;          ///< The extent counters wrap at this value; 0: they never do.
};

} // namespace stalemate::kernel::iomap
