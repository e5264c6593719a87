// Which claims notice what is changed about a kernel, one change at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::report {

/// A change, and what becomes of it.
struct Tooth {
  enum class Outcome : std::uint8_t {
    caught,  ///< A claim breaks.
    covered, ///< A claim breaks once something else is changed as well.
    less,    ///< What others see was there before; no claim about what must not happen can notice.
    no_change, ///< Others see what they saw before, in every scenario that has the step.
    owed,      ///< Others can tell, and nothing notices: a claim, or a scenario, is missing.
    explained, ///< The same, and somebody has said why no claim has to mind.
    undecided, ///< No claim breaks where the search came to an end, and somewhere it did not.
    same,      ///< It makes no other program.
    never_run, ///< The step never runs.
    refused,   ///< There is no such edit.
  };
  std::string path;
  std::string step; ///< Empty: the whole path.
  std::string edit;
  Outcome outcome = Outcome::refused;
  std::string claim;         ///< Of caught and covered: what breaks first.
  std::size_t steps = 0;     ///< Of those: the length of a shortest trace.
  std::string scenario;      ///< Of those: where; of owed, undecided and refused: an example.
  std::string cover;         ///< Of covered: the name of the other one.
  std::string reason;        ///< Of undecided and refused; of owed: what others see there; of
                             ///< caught: what never happens any more, if that is all.
  std::string why;           ///< Of explained.
  std::size_t scenarios = 0; ///< In which it was looked for.
};

/// All changes to the kernel of some scenarios.
struct Teeth {
  std::string title;                 ///< What they are: "dax".
  std::vector<Tooth> teeth;          ///< Those of a path one behind the other.
  std::size_t scenarios = 0;         ///< That hold, and whose kernel was changed.
  std::vector<std::string> left_out; ///< Those that are too large, with the reason.
};

/// Of some changes how many ended how.
struct TeethCounts {
  std::size_t caught = 0;
  std::size_t covered = 0;
  std::size_t less = 0;
  std::size_t no_change = 0;
  std::size_t owed = 0;
  std::size_t explained = 0;
  std::size_t undecided = 0;
  std::size_t same = 0;
  std::size_t never_run = 0;
  std::size_t refused = 0;

  void add(Tooth::Outcome outcome);
  /// Other programs that run.
  [[nodiscard]] std::size_t mutants() const {
    return caught + covered + less + no_change + owed + explained + undecided;
  }
  /// Those that a claim can be asked to notice: others can do what they never could, and nothing
  /// else keeps the harm away.
  [[nodiscard]] std::size_t noticeable() const { return caught + owed + explained + undecided; }
  /// How many of those are caught: "83.2 %".
  [[nodiscard]] std::string share() const;
};

/// Why no claim has to mind some of what is owed.
struct Explanation {
  std::string path; ///< A pattern, as of file names: "dio_*"; so are the others.
  std::string step;
  std::string edit;
  std::string why;
};

/// Marks what is owed, or undecided, and explained. Says which explanations explain nothing.
[[nodiscard]] std::vector<std::string> explain(Teeth& teeth, const std::vector<Explanation>& all);

[[nodiscard]] const char* word(Tooth::Outcome outcome);
[[nodiscard]] TeethCounts counts_of(const std::vector<Tooth>& teeth);

/// "312 mutants in 8 scenarios: 201 caught, ..."
[[nodiscard]] std::string summary(const Teeth& teeth);

/// Is it another program, and does it run?
[[nodiscard]] bool is_mutant(const Tooth& tooth);

/// "buffered_write, iomap_write_begin: get and lock the folio: does not happen"
[[nodiscard]] std::string name_of(const Tooth& tooth);

/// What becomes of it, in words.
[[nodiscard]] std::string answer_of(const Tooth& tooth);

/// The teeth of each path, in order.
struct PathOfTeeth {
  std::string path;
  std::vector<Tooth> teeth;
};
[[nodiscard]] std::vector<PathOfTeeth> by_path(const Teeth& teeth);

} // namespace stalemate::report
