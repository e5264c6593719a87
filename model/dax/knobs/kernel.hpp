#pragma once

#include <cstdint>

namespace stalemate::kernel::dax {

/// What a punch or a truncate does about pages under DMA before it frees their blocks.
enum class Break : std::uint8_t {
  none,
  wait_under_mmaplock,
  retry_unlocked,
  retry_under_iolock,
  flag_delays_faults,
  flag_fails_faults,
  busy_extent,
};

/// Where a punch goes on after it slept until a page was idle.
enum class AfterSleep : std::uint8_t { unmaps_and_scans_again, frees_at_once };

/// Which comes first: looking for busy pages or removing the way to get at them.
enum class ScanOrder : std::uint8_t { after_unmap, before_unmap };

/// What the scan does about an entry that somebody has locked.
enum class LockedEntry : std::uint8_t { waits, pauses, skips };

/// Whether a signal can end the sleep, and what becomes of the error.
enum class Signal : std::uint8_t { none, error_is_returned, error_is_dropped };

/// The reference count of a page that nobody uses.
enum class IdleAt : std::uint8_t { one, zero };

/// Which result of dropping a reference wakes those who wait for the page.
enum class WakeAt : std::uint8_t { idle_count, zero };

/// What the commit of the freeing transaction does about a busy extent of pages under DMA.
enum class Commit : std::uint8_t {
  checks_pages,
  samples_pages_before_lock,
  clears_without_looking,
  counts_busy_pages,
};

/// When the end of DMA on a page clears the busy extent.
enum class Callback : std::uint8_t {
  if_committed_and_all_idle,
  if_all_idle,
  if_committed_and_own_idle,
  though_discarding,
};

/// When the callback is made, relative to dropping the reference.
enum class CallbackAt : std::uint8_t { after_decrement, before_decrement };

/// Where the callback runs.
enum class CallbackRuns : std::uint8_t { in_work_item, in_interrupt, in_interrupt_irqs_off };

/// What the callback does about a busy extent whose pages are idle.
enum class CallbackDoes : std::uint8_t { clears_record, frees_blocks };

/// What freed blocks are discarded, and what the end of the discard does.
enum class Discard : std::uint8_t {
  none,
  clears_without_looking,
  assigns_flags,
  checks_pages,
  checks_pages_then_unmarks,
  skips_busy_pages,
};

/// What an allocation does if the only blocks left are busy because of DMA.
enum class BusyAlloc : std::uint8_t { returns_no_space, waits_for_clear, restarts };

/// Where the busy extent of a page under DMA hangs once its transaction is committed.
enum class RecordList : std::uint8_t { list_of_its_own, checkpoint_context };

/// Whether submission of direct I/O is kept out by the IOLOCK.
enum class DioSubmission : std::uint8_t { under_iolock, unlocked };

/// Whether somebody may pin a page of a DAX file for as long as it likes.
enum class LongTermPins : std::uint8_t { refused, allowed };

/// The kernel variant that a scenario selects: one member per knob, the defaults are the newest
/// release's.
struct Kernel {
  Break dax_break = Break::retry_under_iolock;
  AfterSleep dax_after_sleep = AfterSleep::unmaps_and_scans_again;
  ScanOrder dax_scan = ScanOrder::after_unmap;
  LockedEntry dax_scan_locked = LockedEntry::waits;
  bool dax_break_deletes = true; ///< All entries of the file, once none is busy.
  Signal dax_signal = Signal::none;
  bool dax_scans_unmapped = true; ///< Though nobody maps the file any more.
  IdleAt dax_idle_at = IdleAt::zero;
  WakeAt dax_wake_at = WakeAt::idle_count;
  Commit dax_commit = Commit::checks_pages;
  Callback dax_callback = Callback::if_committed_and_all_idle;
  CallbackAt dax_callback_at = CallbackAt::after_decrement;
  CallbackRuns dax_callback_runs = CallbackRuns::in_work_item;
  CallbackDoes dax_callback_does = CallbackDoes::clears_record;
  Discard dax_discard = Discard::none;
  BusyAlloc dax_busy_alloc = BusyAlloc::returns_no_space;
  RecordList dax_record_list = RecordList::list_of_its_own;
  DioSubmission dax_dio_submission = DioSubmission::under_iolock;
  LongTermPins dax_long_term_pins = LongTermPins::refused;
};

} // namespace stalemate::kernel::dax
