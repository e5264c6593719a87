#pragma once

#include "model/scenario/readers.hpp"

namespace stalemate::kernel::stable_pages {

/// Which paths do something else in some scenario of the library if the knob is turned. Not kept by
/// hand: ReadersTest says which lines are missing, and which are there for nothing.
[[nodiscard]] inline const Readers& readers() {
  static const Readers all = by_knob({
      {{"version"}, {"anon_store", "anon_swap_out"}},
      {{"anon_reuse",
        "anon_exclusive",
        "anon_fork_clears_mark",
        "anon_stable_flag",
        "anon_leaks_si_lock",
        "anon_copy_alloc",
        "anon_read_is_asynchronous"},
       {"anon_store"}},
      {{"anon_device", "anon_write_path", "anon_device_fails", "anon_write_error"},
       {"anon_swap_out"}},
      {{"anon_flag_set"}, {"anon_swapon", "anon_zram_disksize"}},
      {{"anon_users", "anon_slot_freed"}, {"anon_swap_out", "anon_store"}},
      {{"anon_after_read", "anon_swap_in"}, {"anon_store", "anon_device_read"}},
  });
  return all;
}

} // namespace stalemate::kernel::stable_pages
