#pragma once

#include "model/scenario/readers.hpp"

namespace stalemate::kernel::dax {

/// Which paths read each knob, themselves or what they call.
[[nodiscard]] inline const Readers& readers() {
  static const Readers all = by_knob({
      {{"dax_break"}, {"dax_dma", "dax_direct_io", "dax_punch", "dax_truncate", "dax_log_commit"}},
      {{"dax_after_sleep", "dax_scan", "dax_signal"}, {"dax_punch", "dax_truncate"}},
      {{"dax_idle_at"},
       {"dax_dma",
        "dax_direct_io",
        "dax_punch",
        "dax_truncate",
        "dax_log_commit",
        "dax_discard_end",
        "dax_page_idle"}},
      {{"dax_wake_at",
        "dax_callback_at",
        "dax_busy_alloc",
        "dax_dio_submission",
        "dax_long_term_pins"},
       {"dax_dma", "dax_direct_io"}},
      {{"dax_commit"}, {"dax_dma", "dax_direct_io", "dax_log_commit", "dax_page_idle"}},
      {{"dax_callback", "dax_callback_does"}, {"dax_dma", "dax_direct_io", "dax_page_idle"}},
      {{"dax_callback_runs"}, {"dax_dma", "dax_direct_io", "dax_log_commit"}},
      {{"dax_discard"},
       {"dax_dma", "dax_direct_io", "dax_log_commit", "dax_discard_end", "dax_page_idle"}},
      {{"dax_record_list"}, {"dax_log_commit"}},
  });
  return all;
}

} // namespace stalemate::kernel::dax
