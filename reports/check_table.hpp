// The result of `check`: one row per scenario and variant, as a table for people and as JSON.
#pragma once

#include "checker/result/verdict.hpp"

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::report {

/// A verdict with what it is about.
struct Outcome {
  Verdict verdict = Verdict::holds;
  std::string property;    ///< What broke.
  double omission = 0;     ///< See Result::omission.
  std::string within = {}; ///< Of holds, how far: "3 preemptive switches".

  /// "holds", "violated no_lost_write", "holds (probabilistic)"
  [[nodiscard]] std::string text() const;
};

/// One variant of a scenario, run and judged.
struct CheckRow {
  std::string scenario; ///< R1
  std::string variant;  ///< Empty if the file has none.
  std::string title;
  std::string notes; ///< About the variant.
  std::string file;  ///< Where it stands.
  int line = 1;      ///< Where the variant begins in the file.
  Outcome expected;
  Outcome found;
  bool is_question = false; ///< Nothing is expected; `ok` then says that everything holds.
  bool ok = false;
  /// If not ok: "expected violated no_lost_write, found holds", "expected 13 states, found 12".
  std::vector<std::string> reasons;
  std::vector<std::string> edits;   ///< How the recorded paths were changed.
  std::vector<std::string> remarks; ///< Also below a row that is ok: what an answer leaves open.
  Counts counts;
  std::optional<std::uint64_t> executions;   ///< Of an engine that does not count states.
  std::optional<std::uint64_t> trace_length; ///< If there is a trace.
  std::optional<std::uint64_t> time_ms;      ///< Only where times were asked for.
};

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
/// a timed row "time_ms", one of Relacy "executions" and how far it looked, "within", and one that
/// says "holds (probabilistic)" an "omission_probability".
void write_check_json(const std::vector<CheckRow>& rows, std::ostream& out);

} // namespace stalemate::report
