#include "reports/matrix_text.hpp"

#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>
#include <utility>

namespace stalemate::report {

namespace {

constexpr auto matrix_accent = "\033[1;31m";
constexpr auto matrix_faint = "\033[2m";
constexpr auto matrix_normal = "\033[0m";
constexpr std::size_t summary_min = 24;

/// A word that stands out from dots and dashes, as wide as the name of a version.
std::string short_word(const MatrixCell& cell) {
  if (!cell.verdict) return "n/a";
  switch (*cell.verdict) {
  case Verdict::holds:
    return "-";
  case Verdict::violated:
    return "BUG";
  case Verdict::latent:
    return "warn";
  case Verdict::deadlock:
    return "DEAD";
  case Verdict::livelock:
    return "LIVE";
  case Verdict::starvation:
    return "STARV";
  case Verdict::stuck:
    return "STUCK";
  case Verdict::unreachable:
    return "NEVER";
  case Verdict::incomplete:
    return "?";
  case Verdict::model_error:
    break;
  }
  return "ERROR";
}

std::string meaning_of(const MatrixCell& cell) {
  if (!cell.verdict) return "cannot be asked of this version";
  switch (*cell.verdict) {
  case Verdict::holds:
    return "holds";
  case Verdict::violated:
    return "the claim below is violated";
  case Verdict::latent:
    return "only a claim that warns is violated";
  case Verdict::incomplete:
    return "incomplete, no verdict";
  default:
    break;
  }
  return word(*cell.verdict);
}

std::string padded(const std::string& text, std::size_t width, bool is_left) {
  const auto columns = static_cast<std::size_t>(columns_of(text));
  const std::string space(width > columns ? width - columns : 0, ' ');
  return is_left ? text + space : space + text;
}

std::string painted(const std::string& text, const char* style, bool colour) {
  return colour ? style + text + matrix_normal : text;
}

class MatrixText {
 public:
  MatrixText(const Matrix& matrix, bool colour, std::ostream& out)
      : matrix_(matrix), colour_(colour), out_(out) {
    for (const MatrixColumn& column : matrix.columns)
      widths_.push_back(std::max<std::size_t>(5, column.name.size()));
    std::size_t cells = 2;
    for (const std::size_t width : widths_)
      cells += width + 1;
    const auto line = static_cast<std::size_t>(line_columns());
    const std::size_t most = line > cells + summary_min + 12 ? line - cells - summary_min : 12;
    // Longer ones have a line of their own.
    for (const MatrixRow& row : matrix.rows)
      if (row.name().size() + 2 <= most) name_width_ = std::max(name_width_, row.name().size() + 2);
    summary_at_ = name_width_ + cells;
  }

  void write() {
    if (!matrix_.rows.empty()) write_heading();
    std::string scenario;
    for (const MatrixRow& row : matrix_.rows) {
      if (row.scenario != scenario) write_title(row);
      scenario = row.scenario;
      write_row(row);
    }
    write_legend();
    write_sum();
  }

 private:
  void write_heading() {
    std::string line = padded("", name_width_, true);
    for (std::size_t c = 0; c < widths_.size(); ++c)
      line += " " + padded(printable(matrix_.columns[c].name), widths_[c], false);
    out_ << line << '\n';
  }

  void write_title(const MatrixRow& row) {
    for (const std::string& part :
         wrapped(printable(fmt::format("{}: {}", row.scenario, row.title)), line_columns(), 2))
      out_ << part << '\n';
  }

  void write_row(const MatrixRow& row) {
    const auto reasons = disagreements(matrix_, row);
    std::string line = "  " + printable(row.name());
    if (static_cast<std::size_t>(columns_of(line)) > name_width_) {
      out_ << line << '\n';
      line.clear();
    }
    line = padded(line, name_width_, true);
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const MatrixCell& cell = row.cells[c];
      const std::string text = padded(short_word(cell), widths_[c], false);
      const bool is_bad = is_affected(cell) || is_incomplete(cell);
      line += " " + painted(text, is_bad ? matrix_accent : matrix_faint, colour_);
    }
    const double room = std::max(line_columns() - static_cast<double>(summary_at_), 12.0);
    const std::string summary = summary_of(matrix_, row) + (row.is_one_model ? " =" : "");
    bool is_first = true;
    for (const std::string& part : wrapped(summary, room)) {
      out_ << (is_first ? line + "  " : std::string(summary_at_, ' ')) << part << '\n';
      is_first = false;
    }
    has_one_model_ = has_one_model_ || row.is_one_model;
    write_below(broken_claims(matrix_, row), "");
    for (const std::string& reason : reasons)
      write_below("NOT AS EXPECTED: " + reason, matrix_accent);
    write_reasons(row);
  }

  // Versions mostly share one, but for the suggestions behind it.
  void write_reasons(const MatrixRow& row) {
    std::string before;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const MatrixCell& cell = row.cells[c];
      const std::string reason = cell.reason.substr(0, cell.reason.find("; "));
      if (!reason.empty() && reason != before)
        write_below(fmt::format("{} {}: {}", matrix_.columns[c].name, word_of(cell), reason), "");
      before = reason;
    }
  }

  void write_below(const std::string& text, const char* style) {
    if (text.empty()) return;
    for (const std::string& part : wrapped(printable(text), line_columns() - 4, 2))
      out_ << "    " << (*style != 0 ? painted(part, style, colour_) : part) << '\n';
  }

  void write_legend() {
    std::string legend;
    std::set<std::string> known;
    for (const MatrixRow& row : matrix_.rows)
      for (const MatrixCell& cell : row.cells)
        if (known.insert(short_word(cell)).second)
          append(legend, short_word(cell) + " " + meaning_of(cell), "; ");
    if (has_one_model_) append(legend, "= the model is the same in all these versions", "; ");
    if (legend.empty()) return;
    out_ << '\n';
    for (const std::string& part : wrapped(legend, line_columns(), 2))
      out_ << part << '\n';
  }

  void write_sum() {
    const MatrixCounts counts = counts_of(matrix_);
    out_ << fmt::format("{}, {} affected somewhere, {} not as expected, {} incomplete",
                        counted(counts.rows, "row"),
                        counts.affected,
                        counts.failed,
                        counts.incomplete);
    if (matrix_.left_out > 0)
      out_ << fmt::format("; {} about no release", counted(matrix_.left_out, "variant"));
    out_ << '\n';
  }

  const Matrix& matrix_;
  bool colour_;
  std::ostream& out_;
  std::vector<std::size_t> widths_;
  std::size_t name_width_ = 0;
  std::size_t summary_at_ = 0;
  bool has_one_model_ = false;
};

/// What neither Markdown nor HTML takes for markup, in a cell of a table.
std::string markdown(const std::string& text) {
  std::string safe;
  for (const char c : printable(text)) {
    if (c == '<')
      safe += "&lt;";
    else if (c == '>')
      safe += "&gt;";
    else if (c == '&')
      safe += "&amp;";
    else if (c == '|' || c == '*' || c == '_' || c == '`' || c == '\\' || c == '[' || c == ']' ||
             c == '~' || c == '#')
      safe += {'\\', c};
    else
      safe += c;
  }
  return safe;
}

std::string markdown_word(const MatrixCell& cell) {
  if (cell.verdict == Verdict::holds) return "holds";
  const std::string text = markdown(word_of(cell));
  return is_affected(cell) || is_incomplete(cell) ? "**" + text + "**" : text;
}

} // namespace

void write_matrix_text(const Matrix& matrix, bool colour, std::ostream& out) {
  MatrixText(matrix, colour, out).write();
}

void write_matrix_markdown(const Matrix& matrix, std::ostream& out) {
  out << "| race |";
  for (const MatrixColumn& column : matrix.columns)
    out << ' ' << markdown(column.name) << " |";
  out << " summary | what breaks |\n|---|";
  for (std::size_t c = 0; c < matrix.columns.size(); ++c)
    out << "---|";
  out << "---|---|\n";
  for (const MatrixRow& row : matrix.rows) {
    out << "| " << markdown(row.name()) << ": " << markdown(row.title) << " |";
    for (const MatrixCell& cell : row.cells)
      out << ' ' << markdown_word(cell) << " |";
    out << ' ' << markdown(summary_of(matrix, row)) << " | "
        << markdown(broken_claims(matrix, row));
    for (const std::string& reason : disagreements(matrix, row))
      out << " **not as expected**: " << markdown(reason);
    out << " |\n";
  }
}

} // namespace stalemate::report
