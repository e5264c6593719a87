// The result of `check` as SARIF 2.1.0, which code hosts show beside the source and editors step
// through: a counterexample is a code flow with a thread per process.
#pragma once

#include "reports/check_row.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::report {

/// A result for every row that failed or answers a question with no; what ended without a verdict,
/// was not run or is a wrong file is a notification, and the invocation is no success then.
void write_sarif(const std::vector<CheckRow>& rows,
                 const std::string& program_version,
                 std::ostream& out);

} // namespace stalemate::report
