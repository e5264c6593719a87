// The result of `check` as JSON, with all that any of its reports is made of: what was run in parts
// can be put together again. docs/schemas/check.schema.json describes it.
#pragma once

#include "reports/check_row.hpp"

#include <cstddef>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stalemate::report {

/// Which part of a run the rows are: every `count`-th of them, from `number` on.
struct CheckPart {
  std::size_t number = 1;
  std::size_t count = 1;
  std::string program;   ///< Its version.
  std::string scenarios; ///< A hash of all that the whole run searches.
  std::size_t rows = 0;  ///< Of the whole run, without mistakes; 0: nothing was read so far.
  /// What the whole run was asked for, by option, without what changes no row.
  std::map<std::string, std::vector<std::string>> arguments;
};

struct CheckReport {
  std::optional<CheckPart> part;
  std::vector<CheckRow> rows; ///< Results, then what was not run, then mistakes.
};

/// {"format": "stalemate-check", "version": 1, "results": [{"scenario", "variant", "title",
/// "notes", "file", "line", "expected", "expected_property", "verdict", "property", "ok", "states",
/// "transitions", "depth", "trace_length"}], "summary": {"run", "ok", "failed", "asked",
/// "incomplete"}}. What does not exist is null: so is what a question expects, of which "ok" says
/// that everything holds. A row that was edited also has "edits", one that is not ok "reasons", a
/// question maybe "remarks", and, of a counterexample, "story", "steps" and the "command" that
/// shows it, a timed row "time_ms", one of Relacy "executions" and how far it looked, "within", and
/// one that says "holds (probabilistic)" an "omission_probability". Where there is such a thing,
/// "not_run" lists {"scenario", "variant", "title", "notes", "file", "line", "why", "skipped"} of
/// what was not run, and "errors" {"file", "line", "message"} of files that are wrong, or
/// {"scenario", "variant", ...} of what is wrong in one. A "part" of a run says of what it is one,
/// and its results have a "trace", for pages.
void write_check_json(const std::vector<CheckRow>& rows,
                      const std::optional<CheckPart>& part,
                      std::ostream& out);

/// Reads what write_check_json() wrote. Throws JsonError.
[[nodiscard]] CheckReport read_check_json(std::string_view text);

} // namespace stalemate::report
