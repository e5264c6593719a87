// The result of `check`: one row per scenario and variant, as a table for people.
#pragma once

#include "reports/check_row.hpp"

#include <cstdint>
#include <iosfwd>
#include <vector>

namespace stalemate::report {

/// Which rows are printed: all, or those that are not ok and the answers to questions.
enum class Rows : std::uint8_t { all, unexpected };

/// Aligned columns, below a row what is wrong with it, then one line that sums up all.
void write_check_text(const std::vector<CheckRow>& rows,
                      Rows printed,
                      bool colour,
                      std::ostream& out);

} // namespace stalemate::report
