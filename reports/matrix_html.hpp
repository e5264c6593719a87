#pragma once

#include "reports/matrix.hpp"

#include <iosfwd>

namespace stalemate::report {

/// One page that needs nothing else: a table in which colour and word say the same.
void write_matrix_html(const Matrix& matrix, std::ostream& out);

} // namespace stalemate::report
