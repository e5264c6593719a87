// One variant of a scenario, run and judged: what every report of `check` is made of.
#pragma once

#include "checker/result/verdict.hpp"

#include <cstddef>
#include <cstdint>
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

/// A step of a counterexample, in words.
struct RowStep {
  std::string process;
  std::string function;
  std::string text;     ///< "fill what the write will not cover: with zeroes"
  bool matters = false; ///< It has a part in what broke.
};

/// What became of a row.
enum class Judgement : std::uint8_t {
  ok,         ///< Everything is as expected.
  failed,     ///< Something is not.
  answered,   ///< A question, so nothing is expected; `ok` says whether everything holds.
  incomplete, ///< A limit ended the search: nothing is known.
  not_run,    ///< The run ended before.
  mistake,    ///< Its file is wrong.
};

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

  std::string not_run = {}; ///< Why it was not: "interrupted". There is no verdict then.
  bool is_skipped = false;  ///< Nobody wanted it to run any more, as something else failed.
  /// What is wrong with the file, or, if it has a name, with this one scenario in it. Then nothing
  /// else is known.
  std::string mistake = {};

  // Of a counterexample that nobody expected.
  std::vector<std::string> story = {}; ///< The race in a few lines.
  std::vector<RowStep> steps = {};
  std::string command = {}; ///< What shows it on a terminal.
  std::string trace = {};   ///< JSON for a page: write_page_trace(). Empty where nobody wants one.

  /// "R1#none"; of a file that is wrong the file.
  [[nodiscard]] std::string name() const;

  [[nodiscard]] Judgement judgement() const;

  /// What is wrong with it in a line; empty if nothing is.
  [[nodiscard]] std::string complaint() const;

  /// The same at length: what was expected and found, every reason, the story, how to see it.
  [[nodiscard]] std::vector<std::string> explanation() const;
};

/// How many rows there are of every kind.
struct CheckSummary {
  std::size_t run = 0; ///< Those that have a result, if only that there is none.
  std::size_t ok = 0;
  std::size_t failed = 0;
  std::size_t asked = 0;
  std::size_t incomplete = 0;
  std::size_t not_run = 0;
  std::size_t refused = 0;  ///< Scenarios that are wrong, in files that have others.
  std::size_t mistakes = 0; ///< Files that are wrong.

  /// "835 run, 834 ok, 1 failed, 0 incomplete", and what else there is.
  [[nodiscard]] std::string text() const;

  /// Everything was run that should have been.
  [[nodiscard]] bool is_whole() const { return not_run + refused + mistakes + incomplete == 0; }
};

/// The rows in one list: what is wrong in a file behind its last scenario that stands above it,
/// wrong files at the end.
[[nodiscard]] std::vector<CheckRow> in_order(std::vector<CheckRow> rows,
                                             std::vector<CheckRow> mistakes);

/// An incomplete run is neither ok nor failed: it has no verdict. Nor is an answer to a question.
[[nodiscard]] CheckSummary summary_of(const std::vector<CheckRow>& rows);

} // namespace stalemate::report
