#include "cli/written.hpp"

#include "model/scenario/excerpt.hpp"

#include <fmt/format.h>

#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace stalemate::cli {

namespace {

struct Written {
  std::string_view beginning; ///< Without blanks.
  std::string_view what;
  std::string_view reader; ///< What is to be done with it, of which {} is the file; may be empty.
};

// No scenario begins like one of these: "format" is none of its keys.
constexpr std::array all{
    Written{R"({"format":"stalemate-check",)",
            "a report of `check`",
            "; `stalemate merge` and --failed-only read it"},
    Written{R"({"format":"stalemate-trace",)", "a saved trace", "; `stalemate replay {}` reads it"},
    Written{R"({"format":"stalemate-matrix",)", "a report of `matrix`", ""},
    Written{R"({"format":"stalemate-bisect",)", "a report of `bisect`", ""},
    Written{R"({"format":"stalemate-shrink",)",
            "a report of `shrink`",
            "; its -o FILE writes the scenario"},
    Written{R"({"format":"stalemate-hunt",)", "a report of `hunt`", ""},
    Written{R"({"format":"stalemate-hunt-state",)",
            "the journal of a hunt",
            "; `stalemate hunt --state {}` goes on with it"},
    Written{R"({"format":"stalemate-teeth",)",
            "a report of `teeth`",
            "; `stalemate teeth --from {}` reads it"},
    Written{R"({"#meta":{"format":"ITF",)", "a trace in ITF", "; TLA+ tools read it"},
};

// The first characters that are no blanks. Those of a pipe would be gone.
std::string beginning_of(const std::string& path) {
  constexpr std::size_t size_max = 200;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(path, ignored)) return "";
  std::ifstream file(path, std::ios::binary);
  std::string text;
  for (char c = 0; text.size() < size_max && file.get(c);)
    if (std::isspace(static_cast<unsigned char>(c)) == 0) text += c;
  return text;
}

} // namespace

std::string why_no_scenario(const std::string& path) {
  const std::string beginning = beginning_of(path);
  for (const Written& one : all)
    if (beginning.starts_with(one.beginning))
      return fmt::format("this is {}, not a scenario{}",
                         one.what,
                         fmt::format(fmt::runtime(one.reader), kernel::printable(path, 300)));
  return "";
}

} // namespace stalemate::cli
