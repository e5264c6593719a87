#pragma once

#include <cstdint>

namespace stalemate::kernel::stable_pages {

/// May a page in the swap cache be made writable while it is written to a device that needs it
/// stable?
enum class Reuse : std::uint8_t { always, copies_if_stable, copies_if_not_stable, waits };

/// When a swap entry loses the mark that its page belongs to nobody else, while the page is
/// written.
enum class Exclusive : std::uint8_t {
  not_remembered,
  dropped_if_stable,
  dropped_if_not_stable,
  kept,
};

/// What the swap area lies on.
enum class Device : std::uint8_t {
  zram_two_pass,
  zram_one_pass,
  zram_checks_size,
  checksum,
  plain_disk,
  parity_raid,
};

/// How a page is written to the device.
enum class WritePath : std::uint8_t { bio, rw_page, rw_page_may_fail };

/// When swapon can see that the device needs stable pages.
enum class FlagSet : std::uint8_t {
  cleared_then_set,
  under_init_lock,
  before_size,
  in_one_step,
};

/// What the completion of a failed write does to the page.
enum class WriteError : std::uint8_t { redirties_page, leaves_page_clean };

/// What a user of a swap slot is counted by.
enum class Users : std::uint8_t { map_and_slot, map_only };

/// When a swap slot is free.
enum class SlotFreed : std::uint8_t { after_swap_cache, with_last_entry };

/// Whether the device keeps its copy when a page has been read back.
enum class AfterRead : std::uint8_t { keeps_slot, frees_slot_dirties_page, frees_slot };

/// What a copy does if there is no memory.
enum class CopyAlloc : std::uint8_t { fails, waits };

/// How a page is read from a device that is said to be synchronous.
enum class SwapIn : std::uint8_t { through_swap_cache, bypasses_swap_cache, bypasses_and_waits };

/// The kernel variant that a scenario selects: one member per knob, the defaults are the newest
/// release's.
struct Kernel {
  Reuse anon_reuse = Reuse::copies_if_stable;
  Exclusive anon_exclusive = Exclusive::dropped_if_stable;
  bool anon_fork_clears_mark = true; ///< What fork shares is exclusive no more.
  Device anon_device = Device::zram_one_pass;
  bool anon_stable_flag = true; ///< The device says that it needs stable pages.
  WritePath anon_write_path = WritePath::bio;
  FlagSet anon_flag_set = FlagSet::before_size;
  bool anon_device_fails = false; ///< A write may fail for reasons of the device's own.
  WriteError anon_write_error = WriteError::redirties_page;
  Users anon_users = Users::map_and_slot;
  SlotFreed anon_slot_freed = SlotFreed::after_swap_cache;
  bool anon_leaks_si_lock = false; ///< The reuse test returns "copy" with the lock held.
  AfterRead anon_after_read = AfterRead::keeps_slot;
  CopyAlloc anon_copy_alloc = CopyAlloc::fails;
  SwapIn anon_swap_in = SwapIn::through_swap_cache;
  bool anon_read_is_asynchronous = false; ///< zram reads from its backing device.
};

} // namespace stalemate::kernel::stable_pages
