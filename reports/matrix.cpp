#include "reports/matrix.hpp"

#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace stalemate::report {

namespace {

using Indexes = std::vector<std::size_t>; // of columns, rising

/// Columns next to each other among those that are known.
struct Run {
  std::size_t first = 0; ///< Places in the list of what is known.
  std::size_t last = 0;
};

Indexes columns_where(const MatrixRow& row, const std::function<bool(const MatrixCell&)>& is_so) {
  Indexes columns;
  for (std::size_t c = 0; c < row.cells.size(); ++c)
    if (is_so(row.cells[c])) columns.push_back(c);
  return columns;
}

bool is_known(const MatrixCell& cell) {
  return cell.verdict && !is_incomplete(cell);
}
bool is_error(const MatrixCell& cell) {
  return cell.verdict == Verdict::model_error;
}
bool is_latent(const MatrixCell& cell) {
  return cell.verdict == Verdict::latent;
}

std::vector<Run> runs_of(const Indexes& known, const Indexes& chosen) {
  std::vector<Run> runs;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (std::ranges::find(chosen, known[i]) == chosen.end()) continue;
    if (!runs.empty() && runs.back().last + 1 == i)
      runs.back().last = i;
    else
      runs.push_back({i, i});
  }
  return runs;
}

std::string names_of(const Matrix& matrix, const Indexes& columns) {
  std::string list;
  for (const std::size_t column : columns)
    append(list, matrix.columns[column].name);
  return list;
}

std::string versions_between(const Matrix& matrix, std::size_t first, std::size_t last) {
  const std::string& from = matrix.columns[first].name;
  return first == last ? from : fmt::format("{} to {}", from, matrix.columns[last].name);
}

bool is_next(const Matrix& matrix, std::size_t column, std::size_t next) {
  return matrix.columns[column].rank + 1 == matrix.columns[next].rank;
}

/// When it came and when it went, as far as the columns tell: between two of them versions may have
/// been left out.
std::string period_of(const Matrix& matrix, const Indexes& known, const Run& run) {
  const std::size_t first = known[run.first];
  const std::size_t last = known[run.last];
  const bool is_first = run.first == 0;
  const bool is_last = run.last + 1 == known.size();
  const std::size_t next = is_last ? last : known[run.last + 1];
  const std::string end = is_last
                              ? ""
                              : fmt::format(", {} {}",
                                            is_next(matrix, last, next) ? "fixed in" : "gone in",
                                            matrix.columns[next].name);
  if (is_first && matrix.columns[first].rank == 0)
    return "up to " + matrix.columns[last].name + end;
  if (is_last && !is_first && matrix.columns[last].rank + 1 == matrix.versions)
    return fmt::format("since {}{}",
                       matrix.columns[first].name,
                       is_next(matrix, known[run.first - 1], first) ? "" : " or before");
  if (first == last && !is_first && !is_last) return matrix.columns[first].name + " only";
  return versions_between(matrix, first, last) + end;
}

/// "up to v6.6", "since v6.18", "v6.12 to v6.18": one of several.
std::string short_period(const Matrix& matrix, std::size_t first, std::size_t last) {
  if (matrix.columns[first].rank == 0) return "up to " + matrix.columns[last].name;
  if (matrix.columns[last].rank + 1 == matrix.versions)
    return "since " + matrix.columns[first].name;
  return versions_between(matrix, first, last);
}

/// Of some of what is known: "in all", "since v6.18".
std::string spread(const Matrix& matrix, const Indexes& known, const Indexes& chosen) {
  const std::vector<Run> runs = runs_of(known, chosen);
  if (known.size() == chosen.size())
    return known.size() == matrix.columns.size() ? "in all" : "in " + names_of(matrix, chosen);
  if (runs.size() == 1) return period_of(matrix, known, runs.front());
  std::string list;
  for (const Run& run : runs)
    append(list, short_period(matrix, known[run.first], known[run.last]));
  return list;
}

/// The word that all these cells have.
std::string common_word(const MatrixRow& row, const Indexes& columns) {
  const std::string first = word_of(row.cells[columns.front()]);
  const bool is_common = std::ranges::all_of(
      columns, [&](std::size_t column) { return word_of(row.cells[column]) == first; });
  return is_common ? first : "broken";
}

/// "violates no_lost_write", with the version before it.
std::string found_in_words(const MatrixCell& cell) {
  if (!cell.verdict) return "cannot be asked";
  const std::string about = cell.property.empty() ? "" : " " + cell.property;
  switch (*cell.verdict) {
  case Verdict::violated:
    return "violates" + about;
  case Verdict::latent:
    return "only warns of" + about;
  case Verdict::holds:
    return "holds";
  default:
    return "ends in " + word_of(cell) + (about.empty() ? "" : " of" + about);
  }
}

std::string verdict_in_words(const Matrix& matrix, const MatrixRow& row) {
  const Indexes known = columns_where(row, is_known);
  const Indexes affected = columns_where(row, is_affected);
  const Indexes latent = columns_where(row, is_latent);
  if (known.empty()) return "";
  if (affected.size() == known.size())
    return common_word(row, affected) + " " + spread(matrix, known, affected);
  if (!affected.empty()) return spread(matrix, known, affected);
  if (!latent.empty()) return "latent " + spread(matrix, known, latent);
  return "holds " + spread(matrix, known, known);
}

} // namespace

std::string MatrixRow::name() const {
  return variant.empty() ? scenario : scenario + "#" + variant;
}

bool is_affected(const MatrixCell& cell) {
  if (!cell.verdict) return false;
  switch (*cell.verdict) {
  case Verdict::violated:
  case Verdict::deadlock:
  case Verdict::livelock:
  case Verdict::starvation:
  case Verdict::stuck:
  case Verdict::unreachable:
    return true;
  case Verdict::holds:
  case Verdict::latent:
  case Verdict::incomplete:
  case Verdict::model_error:
    break;
  }
  return false;
}

bool is_incomplete(const MatrixCell& cell) {
  return cell.verdict == Verdict::incomplete || is_error(cell);
}

std::string word_of(const MatrixCell& cell) {
  return cell.verdict ? word(*cell.verdict) : "n/a";
}

std::string summary_of(const Matrix& matrix, const MatrixRow& row) {
  std::string text = verdict_in_words(matrix, row);
  const auto add = [&](const char* what, const Indexes& columns) {
    if (columns.empty()) return;
    const bool is_all = columns.size() == matrix.columns.size();
    append(text, fmt::format("{} in {}", what, is_all ? "all" : names_of(matrix, columns)), "; ");
  };
  add("incomplete", columns_where(row, [](const MatrixCell& cell) {
        return cell.verdict == Verdict::incomplete;
      }));
  add("model error", columns_where(row, is_error));
  add("n/a", columns_where(row, [](const MatrixCell& cell) { return !cell.verdict; }));
  return text;
}

std::string broken_claims(const Matrix& matrix, const MatrixRow& row) {
  struct Part {
    std::string text;
    Indexes columns;
  };
  std::vector<Part> parts;
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    const MatrixCell& cell = row.cells[c];
    if (!is_affected(cell) && !is_latent(cell)) continue;
    std::string text = cell.property.empty() ? word_of(cell) : cell.property;
    if (cell.verdict != Verdict::violated && !cell.property.empty())
      text += fmt::format(" ({})", word_of(cell));
    const auto same = std::ranges::find(parts, text, &Part::text);
    if (same == parts.end())
      parts.push_back({text, {c}});
    else
      same->columns.push_back(c);
  }
  std::string list;
  for (const Part& part : parts)
    append(list,
           parts.size() == 1 ? part.text
                             : fmt::format("{}: {}", names_of(matrix, part.columns), part.text),
           "; ");
  return list;
}

std::vector<std::string> disagreements(const Matrix& matrix, const MatrixRow& row) {
  std::vector<std::string> reasons;
  for (const MatrixStatement& statement : row.statements) {
    std::string differences;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const MatrixCell& cell = row.cells[c];
      const std::string& version = matrix.columns[c].name;
      const bool is_said =
          std::ranges::find(statement.affected, version) != statement.affected.end();
      if (is_incomplete(cell) || is_said == is_affected(cell)) continue;
      append(differences, version + " " + found_in_words(cell));
    }
    if (differences.empty()) continue;
    reasons.push_back(fmt::format("{} says that {} affected, but {}",
                                  statement.who.empty() ? "the scenario" : statement.who,
                                  statement.affected.empty()
                                      ? "no version is"
                                      : fmt::format("{} {}",
                                                    fmt::join(statement.affected, ", "),
                                                    statement.affected.size() == 1 ? "is" : "are"),
                                  differences));
  }
  return reasons;
}

std::string affected_versions(const Matrix& matrix, const std::string& file) {
  Indexes affected;
  Indexes all;
  bool has_rows = false;
  bool is_open = false;
  for (std::size_t c = 0; c < matrix.columns.size(); ++c) {
    all.push_back(c);
    bool is_one = false;
    for (const MatrixRow& row : matrix.rows) {
      if (row.file != file) continue;
      has_rows = true;
      is_open = is_open || is_incomplete(row.cells[c]);
      is_one = is_one || is_affected(row.cells[c]);
    }
    if (is_one) affected.push_back(c);
  }
  if (!has_rows) return "-";
  if (is_open) return "?";
  if (affected.empty()) return "none";
  if (affected.size() == all.size()) return "all";
  std::string list;
  for (const Run& run : runs_of(all, affected))
    append(list, short_period(matrix, run.first, run.last));
  return list;
}

MatrixCounts counts_of(const Matrix& matrix) {
  MatrixCounts counts;
  for (const MatrixRow& row : matrix.rows) {
    ++counts.rows;
    if (std::ranges::any_of(row.cells, is_affected)) ++counts.affected;
    if (!disagreements(matrix, row).empty()) ++counts.failed;
    if (std::ranges::any_of(row.cells, is_incomplete)) ++counts.incomplete;
  }
  return counts;
}

} // namespace stalemate::report
