// Which claims notice what is changed about a kernel, one change at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::report {

struct Tooth {
  enum class Outcome : std::uint8_t {
    caught,
    survives,  ///< Everything holds with it, everywhere.
    undecided, ///< No claim breaks where the search came to an end, and somewhere it did not.
    same,      ///< It makes no other program.
    never_run, ///< The step never runs.
    refused,   ///< There is no such edit.
  };
  std::string path;
  std::string step; ///< Empty: the whole path.
  std::string edit;
  Outcome outcome = Outcome::refused;
  std::string claim;         ///< Of caught: what breaks first.
  std::size_t steps = 0;     ///< Of caught: the length of a shortest trace.
  std::string scenario;      ///< Of caught: where; of undecided and refused: an example.
  std::string reason;        ///< Of undecided and refused.
  std::size_t scenarios = 0; ///< In which it was looked for.
};

struct Teeth {
  std::vector<Tooth> teeth;          ///< Those of a path one behind the other.
  std::size_t scenarios = 0;         ///< That hold, and whose kernel was changed.
  std::vector<std::string> left_out; ///< Those that are too large, with the reason.
};

[[nodiscard]] const char* word(Tooth::Outcome outcome);
[[nodiscard]] std::size_t count_of(const Teeth& teeth, Tooth::Outcome outcome);

/// "312 mutants: 201 caught, 30 survive, ..."
[[nodiscard]] std::string summary(const Teeth& teeth);

/// `is_whole`: also those that are no mutants, or never run.
void write_teeth_text(const Teeth& teeth, bool is_whole, std::ostream& out);
void write_teeth_markdown(const Teeth& teeth, std::ostream& out);
void write_teeth_json(const Teeth& teeth, std::ostream& out);

/// What differs from an earlier report, given as JSON: a line for each tooth. Throws JsonError for
/// a text that is none.
[[nodiscard]] std::vector<std::string> differences(const Teeth& teeth, const std::string& json);

} // namespace stalemate::report
