#include "reports/junit.hpp"

#include "reports/graphviz.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <ostream>

namespace stalemate::report {

namespace {

std::string seconds(std::uint64_t time_ms) {
  return fmt::format("{}.{:03}", time_ms / 1000, time_ms % 1000);
}

/// " name="value"": what a reader of XML takes for the value and nothing else.
std::string attribute(const char* name, const std::string& value) {
  return fmt::format(" {}=\"{}\"", name, escaped(value));
}

const char* element_of(const CheckRow& row) {
  return row.found.verdict == Verdict::incomplete ? "error" : "failure";
}

void write_case(const CheckRow& row, std::ostream& out) {
  out << "    <testcase" << attribute("classname", row.scenario)
      << attribute("name", row.variant.empty() ? row.scenario : row.variant);
  if (row.time_ms) out << attribute("time", seconds(*row.time_ms));
  out << ">\n";
  if (!row.ok)
    out << "      <" << element_of(row) << attribute("type", row.found.text())
        << attribute("message",
                     row.is_question && row.reasons.empty()
                         ? "found " + row.found.text()
                         : fmt::format("{}", fmt::join(row.reasons, "; ")))
        << "/>\n";
  const std::string counts = row.executions
                                 ? counted(*row.executions, "execution")
                                 : fmt::format("{}, {}, depth {}",
                                               counted(row.counts.states, "state"),
                                               counted(row.counts.transitions, "transition"),
                                               grouped(row.counts.depth));
  const std::string omission =
      row.found.omission > 0 ? ", " + omission_text(row.found.omission) : "";
  out << "      <system-out>" << escaped(row.found.text() + ": " + counts + omission)
      << "</system-out>\n    </testcase>\n";
}

} // namespace

void write_junit(const std::vector<CheckRow>& rows, std::ostream& out) {
  std::size_t failures = 0;
  std::size_t errors = 0;
  for (const CheckRow& row : rows) {
    if (row.ok) continue;
    ++(row.found.verdict == Verdict::incomplete ? errors : failures);
  }
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
      << fmt::format(
             "  <testsuite name=\"stalemate\" tests=\"{}\" failures=\"{}\" errors=\"{}\">\n",
             rows.size(),
             failures,
             errors);
  for (const CheckRow& row : rows)
    write_case(row, out);
  out << "  </testsuite>\n</testsuites>\n";
}

} // namespace stalemate::report
