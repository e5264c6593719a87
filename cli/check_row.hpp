#pragma once

#include "cli/finding.hpp"
#include "reports/check_table.hpp"

namespace stalemate::cli {

/// One line of the table that `check` prints.
[[nodiscard]] report::CheckRow
check_row(const Candidate& candidate, const Finding& finding, bool is_timed = false);

} // namespace stalemate::cli
