// A row of every kind that `check` can have.
#pragma once

#include "reports/check_row.hpp"

#include <vector>

namespace stalemate::report::tests {

/// One that is ok, one that failed with a story, an incomplete one, one that was skipped, one that
/// was interrupted, a question, and a file that is wrong.
[[nodiscard]] std::vector<CheckRow> every_kind_of_row();

/// A row in whose words every format finds something that it must not obey.
[[nodiscard]] CheckRow hostile_row();

} // namespace stalemate::report::tests
