// The result of `check` as JUnit XML, which every CI server shows.
#pragma once

#include "reports/check_row.hpp"

#include <iosfwd>
#include <vector>

namespace stalemate::report {

/// One suite per scenario, one test case per row, its class the scenario and its name the variant.
/// A row that is not ok is a failure, with what it explains as text. An incomplete one, one that
/// was not run and a wrong file are errors, because nothing was found out; what nobody wanted to
/// run any more is skipped.
void write_junit(const std::vector<CheckRow>& rows, std::ostream& out);

} // namespace stalemate::report
