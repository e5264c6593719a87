#include "reports/check_github.hpp"

#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

namespace stalemate::report {

namespace {

constexpr std::size_t stories_max = 50;

/// In a workflow command a line ends at a line feed, and a property at a colon or a comma.
std::string command_text(const std::string& text, bool is_property) {
  const std::string_view special = is_property ? "%\r\n:," : "%\r\n";
  std::string result;
  for (const char c : text)
    if (special.find(c) == std::string_view::npos)
      result += c;
    else
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return result;
}

/// Text of a cell of a table.
std::string cell_text(const std::string& text) {
  std::string result;
  for (const char c : printable(text)) {
    constexpr std::string_view special = "\\`*_{}[]<>|#&~";
    if (special.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

void write_story(const CheckRow& row, std::ostream& out) {
  // Longer than any run of backticks in it.
  std::string fence = "```";
  for (const std::string& line : row.explanation())
    while (line.find(fence) != std::string::npos)
      fence += '`';
  out << "\n<details><summary>" << cell_text(row.name()) << "</summary>\n\n" << fence << "text\n";
  for (const std::string& line : row.explanation())
    out << printable(line) << '\n';
  out << fence << "\n\n</details>\n";
}

} // namespace

void write_check_github(const std::vector<CheckRow>& rows, std::ostream& out) {
  for (const CheckRow& row : rows) {
    if (row.ok || row.judgement() == Judgement::not_run) continue;
    std::string text;
    for (const std::string& line : row.explanation())
      append(text, printable(line), "\n");
    out << fmt::format("::error file={},line={},title={}::{}\n",
                       command_text(row.file, true),
                       row.line,
                       command_text(printable(row.name() + ": " + row.complaint()), true),
                       command_text(text, false));
  }
  const CheckSummary sum = summary_of(rows);
  const auto first = std::ranges::find(rows, Judgement::not_run, &CheckRow::judgement);
  if (first != rows.end())
    out << fmt::format("::{} title=stalemate::{}\n",
                       first->is_skipped ? "warning" : "error",
                       command_text(sum.text() + ": " + first->not_run, false));
}

void write_check_markdown(const std::vector<CheckRow>& rows, std::ostream& out) {
  const CheckSummary sum = summary_of(rows);
  const bool is_good = std::ranges::all_of(rows, &CheckRow::ok);
  out << "### Stalemate: " << (is_good ? "as expected" : "not as expected") << "\n\n"
      << sum.text() << '\n';
  if (is_good) return;
  out << "\n| scenario | what is wrong | where |\n|---|---|---|\n";
  for (const CheckRow& row : rows)
    if (!row.ok && row.judgement() != Judgement::not_run)
      out << fmt::format("| {} | {} | {}:{} |\n",
                         cell_text(row.name()),
                         cell_text(row.complaint()),
                         cell_text(row.file),
                         row.line);
  const auto first = std::ranges::find(rows, Judgement::not_run, &CheckRow::judgement);
  if (first != rows.end())
    out << fmt::format("| {} and those behind it | {} | |\n",
                       cell_text(first->name()),
                       cell_text(first->complaint()));
  std::size_t told = 0;
  for (const CheckRow& row : rows) {
    const bool has_story = !row.ok && row.judgement() != Judgement::not_run;
    if (has_story && told++ < stories_max) write_story(row, out);
  }
  if (told > stories_max) out << fmt::format("\nand {} more\n", told - stories_max);
}

} // namespace stalemate::report
