#include "reports/matrix_json.hpp"

#include "reports/json.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

namespace stalemate::report {

namespace {

Json text_or_none(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json json_of(const MatrixColumn& column, const MatrixCell& cell) {
  Json json = {{"column", column.name},
               {"verdict", cell.verdict ? Json(word(*cell.verdict)) : Json(nullptr)},
               {"property", text_or_none(cell.property)}};
  if (!cell.reason.empty()) json["reason"] = cell.reason;
  return json;
}

Json json_of(const Matrix& matrix, const MatrixRow& row) {
  Json cells = Json::array();
  Json affected = Json::array();
  for (std::size_t c = 0; c < row.cells.size(); ++c) {
    cells.push_back(json_of(matrix.columns[c], row.cells[c]));
    if (is_affected(row.cells[c])) affected.push_back(matrix.columns[c].name);
  }
  const auto reasons = disagreements(matrix, row);
  Json json = {
      {"scenario", row.scenario},
      {"variant", text_or_none(row.variant)},
      {"variants", row.variants},
      {"title", text_or_none(row.title)},
      {"file", row.file},
      {"line", row.line},
      {"cells", std::move(cells)},
      {"summary", summary_of(matrix, row)},
      {"same_model", row.is_one_model},
      {"affected", std::move(affected)},
      {"affects", row.statements.empty() ? Json(nullptr) : Json(row.statements.front().affected)},
      {"ok", reasons.empty() && std::ranges::none_of(row.cells, is_incomplete)}};
  if (!reasons.empty()) json["reasons"] = reasons;
  return json;
}

} // namespace

void write_matrix_json(const Matrix& matrix, std::ostream& out) {
  Json columns = Json::array();
  for (const MatrixColumn& column : matrix.columns)
    columns.push_back({{"name", column.name}, {"text", column.text}});
  Json rows = Json::array();
  for (const MatrixRow& row : matrix.rows)
    rows.push_back(json_of(matrix, row));
  Json files = Json::array();
  for (const std::string& file : matrix.files)
    files.push_back({{"file", file}, {"affected", affected_versions(matrix, file)}});
  const MatrixCounts counts = counts_of(matrix);
  write_json({{"format", "stalemate-matrix"},
              {"version", 1},
              {"columns", std::move(columns)},
              {"rows", std::move(rows)},
              {"files", std::move(files)},
              {"summary",
               {{"rows", counts.rows},
                {"affected", counts.affected},
                {"failed", counts.failed},
                {"incomplete", counts.incomplete},
                {"left_out", matrix.left_out}}}},
             out);
}

} // namespace stalemate::report
