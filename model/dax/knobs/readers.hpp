#pragma once

#include "model/scenario/readers.hpp"

namespace stalemate::kernel::dax {

/// Which paths do something else in some scenario of the library if the knob is turned. Not kept by
/// hand: ReadersTest says which lines are missing, and which are there for nothing.
[[nodiscard]] inline const Readers& readers() {
  static const Readers all = by_knob({
      {{"dax_break"},
       {"dax_dma", "dax_direct_io", "dax_punch", "dax_truncate", "dax_unmount", "dax_log_commit"}},
      {{"dax_after_sleep", "dax_scan", "dax_signal"}, {"dax_punch", "dax_truncate"}},
      {{"dax_scan_locked", "dax_break_deletes"}, {"dax_punch"}},
      {{"dax_idle_at"},
       {"dax_dma", "dax_punch", "dax_truncate", "dax_log_commit", "dax_page_idle"}},
      {{"dax_wake_at", "dax_busy_alloc"}, {"dax_dma", "dax_direct_io"}},
      {{"dax_commit"}, {"dax_dma", "dax_log_commit", "dax_page_idle"}},
      {{"dax_callback", "dax_callback_does"}, {"dax_dma", "dax_page_idle"}},
      {{"dax_callback_at", "dax_long_term_pins"}, {"dax_dma"}},
      {{"dax_callback_runs"}, {"dax_dma", "dax_punch", "dax_unmount", "dax_log_commit"}},
      {{"dax_discard"},
       {"dax_dma",
        "dax_punch",
        "dax_unmount",
        "dax_log_commit",
        "dax_discard_end",
        "dax_page_idle"}},
      {{"dax_record_list"}, {"dax_log_commit"}},
      {{"dax_dio_submission"}, {"dax_direct_io"}},
  });
  return all;
}

} // namespace stalemate::kernel::dax
