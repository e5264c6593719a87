#include "reports/matrix_html.hpp"

#include "reports/table_page.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace stalemate::report {

namespace {

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
  begin_table_page("Races and versions", "Which version has which race?", out);
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
  out << "</tbody>\n</table>\n";
  end_table_page(out);
}

} // namespace stalemate::report
