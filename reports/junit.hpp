// The result of `check` as JUnit XML, which every CI server shows.
#pragma once

#include "reports/check_table.hpp"

#include <iosfwd>
#include <vector>

namespace stalemate::report {

/// One test case per row, its class the scenario and its name the variant. A row that is not ok is
/// a failure; an incomplete one an error, because nothing was found out.
void write_junit(const std::vector<CheckRow>& rows, std::ostream& out);

} // namespace stalemate::report
