#pragma once

#include "cli/finding.hpp"
#include "reports/check_row.hpp"

namespace stalemate::cli {

/// One line of the table that `check` prints.
[[nodiscard]] report::CheckRow
check_row(const Candidate& candidate, const Finding& finding, bool is_timed = false);

/// Of a report that is written before everything was run.
inline constexpr auto not_so_far = "the run did not come so far";

/// A row that was not run, and why.
[[nodiscard]] report::CheckRow row_not_run(const Candidate& candidate, const std::string& why);

[[nodiscard]] report::CheckRow row_of(const BadFile& bad);

/// Adds what is to be told of a counterexample that nobody expected, and how to see it.
void add_story(const Candidate& candidate, const Finding& finding, report::CheckRow& row);

/// Adds the trace, if there is one, for a page.
void add_trace_page(const Candidate& candidate, const Finding& finding, report::CheckRow& row);

} // namespace stalemate::cli
