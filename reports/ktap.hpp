// The result of `check` as KTAP, the format of the kernel's own tests.
#pragma once

#include "reports/check_row.hpp"

#include <iosfwd>
#include <vector>

namespace stalemate::report {

/// One test per scenario, with its variants as subtests. What is wrong with a variant stands in
/// diagnostic lines before its result.
void write_ktap(const std::vector<CheckRow>& rows, std::ostream& out);

} // namespace stalemate::report
