// The result of `check`: one row per scenario and variant, as a table for people and as JSON.
#pragma once

#include "reports/check_row.hpp"

#include <cstdint>
#include <iosfwd>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::report {

/// Which rows are printed: all, or those that are not ok and the answers to questions.
enum class Rows : std::uint8_t { all, unexpected };

/// Aligned columns, below a row what is wrong with it, then one line that sums up all.
void write_check_text(const std::vector<CheckRow>& rows,
                      Rows printed,
                      bool colour,
                      std::ostream& out);

/// {"format": "stalemate-check", "version": 1, "results": [{"scenario", "variant", "title",
/// "notes", "file", "line", "expected", "verdict", "property", "ok", "states", "transitions",
/// "depth", "trace_length"}], "summary": {"run", "ok", "failed", "asked", "incomplete"}}. What does
/// not exist is null: so is what a question expects, of which "ok" says that everything holds. A
/// row that was edited also has "edits", one that is not ok "reasons", a question maybe "remarks",
/// and, of a counterexample, "story" and the "command" that shows it,
/// a timed row "time_ms", one of Relacy "executions" and how far it looked, "within", and one that
/// says "holds (probabilistic)" an "omission_probability".
/// Where there is such a thing, "not_run" lists {"scenario", "variant", "file", "line", "why"} of
/// what was not run, and "errors" {"file", "line", "message"} of files that are wrong.
void write_check_json(const std::vector<CheckRow>& rows, std::ostream& out);

/// The names in such a report of what is not ok, or was not run. Throws JsonError.
[[nodiscard]] std::set<std::string> failed_in_check(std::string_view text);

} // namespace stalemate::report
