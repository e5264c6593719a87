#include "reports/matrix_html.hpp"

#include "reports/graphviz.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace stalemate::report {

namespace {

// System fonts, no script, no address: the page can be mailed.
constexpr auto page_style = R"css(
:root { color-scheme: light dark; --page: #fff; --ink: #1a1a1a; --soft: #5f5f5f; --line: #d4d4d4;
  --holds: #e3f3e6; --holds-ink: #14532d; --bad: #f8d3d5; --bad-ink: #8c0014;
  --warn: #fdeec2; --warn-ink: #6b4700; --open: #e4e4f4; --open-ink: #33337a; }
@media (prefers-color-scheme: dark) {
  :root { --page: #16181b; --ink: #e6e6e6; --soft: #a0a0a0; --line: #3a3d42;
    --holds: #16301d; --holds-ink: #9fdcae; --bad: #5a1019; --bad-ink: #ffc2c7;
    --warn: #46360b; --warn-ink: #f6d98a; --open: #2b2b50; --open-ink: #c9c9ff; } }
body { background: var(--page); color: var(--ink); font: 15px/1.4 system-ui, sans-serif;
  margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; margin: 0 0 .3rem; }
p { color: var(--soft); margin: .2rem 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .3rem .5rem; text-align: left;
  vertical-align: top; }
thead th { background: var(--page); position: sticky; top: 0; }
tbody th { font-weight: 400; }
tr.race th { font-weight: 600; padding-top: 1rem; }
td.cell { border-left: 2px solid var(--page); overflow-wrap: anywhere; width: 6.2rem; }
td.cell small { display: block; }
.holds { background: var(--holds); color: var(--holds-ink); }
.bad { background: var(--bad); color: var(--bad-ink); font-weight: 600; }
.bad small { font-weight: 400; }
.warn { background: var(--warn); color: var(--warn-ink); }
.open { background: var(--open); color: var(--open-ink); }
.na { color: var(--soft); }
.reason { color: var(--bad-ink); display: block; font-weight: 600; }
code { font: .93em ui-monospace, monospace; overflow-wrap: anywhere; }
)css";

std::string html_safe(const std::string& text) {
  return escaped(printable(text));
}

/// A name that may be broken behind its underscores.
std::string breakable(const std::string& name) {
  std::string text;
  for (const char c : html_safe(name))
    text += c == '_' ? std::string("_<wbr>") : std::string(1, c);
  return text;
}

const char* kind_of(const MatrixCell& cell) {
  if (!cell.verdict) return "na";
  if (is_affected(cell)) return "bad";
  if (is_incomplete(cell)) return "open";
  return cell.verdict == Verdict::latent ? "warn" : "holds";
}

void write_cell(const MatrixCell& cell, std::ostream& out) {
  out << fmt::format("<td class=\"cell {}\"", kind_of(cell));
  if (!cell.reason.empty()) out << fmt::format(" title=\"{}\"", html_safe(cell.reason));
  out << '>' << html_safe(word_of(cell));
  if (!cell.property.empty()) out << fmt::format("<small>{}</small>", breakable(cell.property));
  out << "</td>";
}

void write_html_row(const Matrix& matrix, const MatrixRow& row, std::ostream& out) {
  out << fmt::format("<tr><th scope=\"row\"><code>{}</code></th>", html_safe(row.name()));
  for (const MatrixCell& cell : row.cells)
    write_cell(cell, out);
  out << "<td>" << html_safe(summary_of(matrix, row));
  if (row.is_one_model) out << " =";
  for (const std::string& reason : disagreements(matrix, row))
    out << fmt::format("<span class=\"reason\">not as expected: {}</span>", html_safe(reason));
  out << "</td></tr>\n";
}

} // namespace

void write_matrix_html(const Matrix& matrix, std::ostream& out) {
  const MatrixCounts counts = counts_of(matrix);
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<title>Races and versions</title>\n<style>"
      << page_style << "</style>\n</head>\n<body>\n<h1>Which version has which race?</h1>\n";
  out << fmt::format("<p>{}, {} affected in some version, {} not as expected, {} incomplete.</p>\n",
                     counted(counts.rows, "row"),
                     counts.affected,
                     counts.failed,
                     counts.incomplete);
  if (std::ranges::any_of(matrix.rows, &MatrixRow::is_one_model))
    out << "<p>=: the model is the same in all these versions.</p>\n";
  out << "<table>\n<thead><tr><th scope=\"col\">race</th>";
  for (const MatrixColumn& column : matrix.columns)
    out << fmt::format(
        "<th scope=\"col\" title=\"{}\">{}</th>", html_safe(column.text), html_safe(column.name));
  out << "<th scope=\"col\">summary</th></tr></thead>\n<tbody>\n";
  std::string scenario;
  for (const MatrixRow& row : matrix.rows) {
    if (row.scenario != scenario)
      out << fmt::format("<tr class=\"race\"><th colspan=\"{}\">{}: {}</th></tr>\n",
                         matrix.columns.size() + 2,
                         html_safe(row.scenario),
                         html_safe(row.title));
    scenario = row.scenario;
    write_html_row(matrix, row, out);
  }
  out << "</tbody>\n</table>\n</body>\n</html>\n";
}

} // namespace stalemate::report
