// The result of `matrix`: questions against versions of what they are about, and in each cell what
// came out. What is summed up of a row is computed here, and written by reports/matrix_*.cpp.
#pragma once

#include "checker/result/verdict.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::report {

/// One version. All versions are in an order, of which a matrix may leave some out.
struct MatrixColumn {
  std::string name;
  std::string text;
  std::size_t rank = 0; ///< Its place among all versions, the oldest is 0.
};

/// What a search found.
struct MatrixCell {
  std::optional<Verdict> verdict; ///< Absent: the question makes no sense of this version.
  std::string property;           ///< What broke.
  std::string reason;             ///< Of an absent verdict, and of an incomplete search.
};

/// What somebody said about a row before.
struct MatrixStatement {
  std::string who;                   ///< The variant that says it.
  std::vector<std::string> affected; ///< Names of versions, also of such that are no columns.
};

/// A question, and its answers in the order of the columns.
struct MatrixRow {
  std::string scenario; ///< R1
  std::string variant;  ///< Empty if the file has none.
  /// Those of the file that ask the same.
  std::vector<std::string> variants;
  std::string title; ///< What races with what.
  std::string file;
  int line = 1;
  std::vector<MatrixCell> cells;
  bool is_one_model = false; ///< It was the same in every version.
  std::vector<MatrixStatement> statements;

  /// "R1#none"
  [[nodiscard]] std::string name() const;
};

struct Matrix {
  std::vector<MatrixColumn> columns;
  std::size_t versions = 0; ///< How many there are, columns or not.
  std::vector<MatrixRow> rows;
  std::vector<std::string> files; ///< All that were looked at.
  std::size_t left_out = 0;       ///< Variants that ask about no version.
};

/// Where something breaks; not so of what only warns.
[[nodiscard]] bool is_affected(const MatrixCell& cell);
[[nodiscard]] bool is_incomplete(const MatrixCell& cell);

/// "holds in all", "v6.18 only", "up to v6.6, fixed in v6.12", "since v6.18", "n/a in all"; what is
/// not known is said, too: "since v6.18; incomplete in v6.12".
[[nodiscard]] std::string summary_of(const Matrix& matrix, const MatrixRow& row);

/// The claims that break, or warn, each with the versions if those differ:
/// "no_lost_write", "v6.1: no_lost_write; v6.6 to v7.1: no_foreign_data".
[[nodiscard]] std::string broken_claims(const Matrix& matrix, const MatrixRow& row);

/// Every difference between what was said about the row and what was found, in words. What is not
/// known is not compared.
[[nodiscard]] std::vector<std::string> disagreements(const Matrix& matrix, const MatrixRow& row);

/// Of all rows of a file, the versions in which one of them breaks: "none", "all", "v6.18",
/// "up to v6.6", "since v6.18"; "-" where there is no row, "?" where a search came to no end.
[[nodiscard]] std::string affected_versions(const Matrix& matrix, const std::string& file);

/// "12 rows, 1 not as expected, 0 incomplete"
struct MatrixCounts {
  std::size_t rows = 0;
  std::size_t affected = 0; ///< In some version.
  std::size_t failed = 0;
  std::size_t incomplete = 0;
};
[[nodiscard]] MatrixCounts counts_of(const Matrix& matrix);

/// The word of a cell: "holds", "violated", "latent", "n/a".
[[nodiscard]] std::string word_of(const MatrixCell& cell);

} // namespace stalemate::report
