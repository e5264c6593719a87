#pragma once

#include "reports/matrix.hpp"

#include <iosfwd>

namespace stalemate::report {

/// {"format": "stalemate-matrix", "version": 1, "columns": [{"name", "text"}], "rows":
/// [{"scenario", "variant", "variants", "title", "file", "line", "cells": [{"column", "verdict",
/// "property"}], "summary", "same_model", "affected", "affects", "ok"}], "files": [{"file",
/// "affected"}], "summary": {"rows", "affected", "failed", "incomplete", "left_out"}}. "variants"
/// are all that ask the same, "affected" the columns in which something breaks, "affects" those of
/// which a scenario says so, "same_model" that all columns have one. What does not exist is null:
/// the verdict where the question makes no sense, and "affects" where nothing is said. Such a cell,
/// and one that is incomplete, also has a "reason", a row that is not ok "reasons". Of a file,
/// "affected" is a text: "none", "all", "v6.18", "up to v6.6", and "-" where it has no row.
void write_matrix_json(const Matrix& matrix, std::ostream& out);

} // namespace stalemate::report
