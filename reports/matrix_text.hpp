// The matrix as a table for people: on a terminal, and in Markdown as GitHub shows it.
#pragma once

#include "reports/matrix.hpp"

#include <iosfwd>

namespace stalemate::report {

/// Aligned columns, below a row the claim that breaks and what is not as expected, then what the
/// short words of the cells mean, and the sum.
void write_matrix_text(const Matrix& matrix, bool colour, std::ostream& out);

void write_matrix_markdown(const Matrix& matrix, std::ostream& out);

} // namespace stalemate::report
