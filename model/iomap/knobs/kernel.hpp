#pragma once

#include <cstdint>

namespace stalemate::kernel::iomap {

/// Where a buffered write asks whether its cached mapping still describes the file.
enum class ValidityCheck : std::uint8_t {
  none,
  before_folio_lock,
  between_lookup_and_lock,
  after_folio_lock,
  in_get_folio,
};

/// Whether a buffered write maps first and locks the folio later, as iomap does, or the reverse,
/// as buffer heads did.
enum class MappingOrder : std::uint8_t { map_then_lock, lock_then_map };

/// When the cookie is read from the extent counters, relative to the ILOCK of the lookup.
enum class CookieSampled : std::uint8_t { under_ilock, after_ilock };

/// When an ioend clears the folio's writeback flag, relative to the extent conversion.
enum class EndWriteback : std::uint8_t { after_conversion, before_conversion };

/// What writeback allocates for a delayed allocation.
enum class DelallocBecomes : std::uint8_t { unwritten, mapped };

/// What a write zeroes of a block that has no data on disk and that it covers in part.
enum class ZeroFill : std::uint8_t { around_the_write, whole_block };

/// Who takes i_rwsem exclusively besides write(2), so that it could not overlap with a write.
enum class RwsemAlsoIn : std::uint8_t { nobody, page_fault, io_completion };

/// What a buffered write's iomap_begin does about a hole.
enum class HoleWrite : std::uint8_t { reserves, leaves_it, allocates };

/// Whether the lookup and the reservation of a write are one section under the ILOCK.
enum class ReserveUnder : std::uint8_t { same_ilock_hold, second_ilock_hold };

/// What a write that ends early does about a reservation that it made and did not use.
enum class UnusedReservation : std::uint8_t {
  scan_under_invalidate_lock,
  scan_unlocked,
  drop_cache_under_invalidate_lock,
  drop_cache_unlocked,
};

/// When a write that extends the file updates i_size.
enum class SizeUpdated : std::uint8_t { under_folio_lock, after_folio_unlock };

/// How long a write believes that the blocks under it are new.
enum class NewFlag : std::uint8_t { kept, dropped_when_written };

/// The kernel variant that a scenario selects: one member per knob, the defaults are the kernel's.
struct Kernel {
  ValidityCheck iomap_valid = ValidityCheck::after_folio_lock;
  MappingOrder mapping_order = MappingOrder::map_then_lock;
  CookieSampled cookie_sampled = CookieSampled::under_ilock;
  EndWriteback end_writeback = EndWriteback::after_conversion;
  DelallocBecomes delalloc_becomes = DelallocBecomes::unwritten;
  ZeroFill zero_fill = ZeroFill::around_the_write;
  RwsemAlsoIn i_rwsem_also_in = RwsemAlsoIn::nobody;
  HoleWrite hole_write = HoleWrite::reserves;
  ReserveUnder reserve_under = ReserveUnder::same_ilock_hold;
  UnusedReservation unused_reservation = UnusedReservation::scan_under_invalidate_lock;
  SizeUpdated i_size_updated = SizeUpdated::under_folio_lock;
  NewFlag new_flag = NewFlag::kept;
  bool has_cookie = true;      ///< The filesystem has a counter to validate mappings by.
  bool hole_is_valid = false;  ///< A cached mapping of a hole passes the check unseen.
  bool glock = false;          ///< Writes hold gfs2's glock; faults and reads need it.
  bool stable_writes = false;  ///< A write waits for writeback of its folio to end.
  bool dirty_throttle = false; ///< A write waits until no folio is dirty or under writeback.
  int seq_modulus = 0;         ///< The extent counters wrap at this value; 0: they never do.
};

} // namespace stalemate::kernel::iomap
