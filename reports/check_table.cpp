#include "reports/check_table.hpp"

#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <ostream>

namespace stalemate::report {

namespace {

constexpr auto accent = "\033[1;31m";
constexpr auto normal = "\033[0m";

constexpr std::size_t column_count = 8;
using Cells = std::array<std::string, column_count>;

/// The first two columns are words, the others numbers.
constexpr std::size_t word_columns = 2;

std::string judgement_word(const CheckRow& row) {
  switch (row.judgement()) {
  case Judgement::incomplete:
    return "INCOMPLETE";
  case Judgement::answered:
    return "asked";
  case Judgement::ok:
    return "ok";
  default:
    return "FAILED";
  }
}

std::string optional_text(const std::optional<std::uint64_t>& number) {
  return number ? grouped(*number) : "";
}

Cells cells_of(const CheckRow& row) {
  const auto count = [&](std::uint64_t number) {
    return row.executions ? std::string() : grouped(number);
  };
  return {printable(row.name()),
          row.found.text(),
          count(row.counts.states),
          count(row.counts.transitions),
          count(row.counts.depth),
          optional_text(row.trace_length),
          row.found.omission > 0 ? probability_text(row.found.omission) : "",
          optional_text(row.time_ms)};
}

std::string spaces(const std::string& text, std::size_t width) {
  return std::string(width - static_cast<std::size_t>(columns_of(text)), ' ');
}

void write_below(const std::vector<std::string>& remarks, std::ostream& out) {
  for (const std::string& remark : remarks)
    for (const std::string& part : wrapped(printable(remark), line_columns() - 4, 2))
      out << "    " << part << '\n';
}

} // namespace

void write_check_text(const std::vector<CheckRow>& all,
                      Rows printed,
                      bool colour,
                      std::ostream& out) {
  std::vector<CheckRow> rows;
  std::ranges::copy_if(all, std::back_inserter(rows), [&](const CheckRow& row) {
    const bool has_result = row.not_run.empty() && row.mistake.empty();
    return has_result && (printed == Rows::all || row.is_question || !row.ok);
  });
  std::vector<Cells> table = {
      {"scenario", "verdict", "states", "transitions", "depth", "steps", "omission", "ms"}};
  for (const CheckRow& row : rows)
    table.push_back(cells_of(row));

  std::array<std::size_t, column_count> widths{};
  for (std::size_t c = 0; c < column_count; ++c) {
    // A column without any value is not there.
    if (std::ranges::all_of(
            table.begin() + 1, table.end(), [&](const Cells& r) { return r[c].empty(); }))
      continue;
    for (const Cells& r : table)
      widths[c] = std::max(widths[c], static_cast<std::size_t>(columns_of(r[c])));
  }

  if (rows.empty()) table.clear();
  for (std::size_t r = 0; r < table.size(); ++r) {
    std::string line;
    for (std::size_t c = 0; c < column_count; ++c) {
      if (widths[c] == 0) continue;
      const auto space = spaces(table[r][c], widths[c]);
      if (c > 0) line += "  ";
      line += c < word_columns ? table[r][c] + space : space + table[r][c];
    }
    const bool is_bad = r > 0 && !rows[r - 1].ok;
    const auto judged = r > 0 ? judgement_word(rows[r - 1]) : "";
    if (!judged.empty()) line += "  " + (is_bad && colour ? accent + judged + normal : judged);
    out << line << '\n';
    if (r == 0) continue;
    const CheckRow& row = rows[r - 1];
    if (is_bad) write_below(row.reasons, out);
    write_below(row.story, out);
    if (!row.command.empty()) write_below({"see it: " + row.command}, out);
    write_below(row.remarks, out);
  }

  if (!rows.empty()) out << '\n';
  out << summary_of(all).text() << '\n';
}

} // namespace stalemate::report
