// Models and results that the tests of this folder draw: an iomap race in four processes, a lock
// cycle in two. Small enough to know by heart, rich enough to need every line that a report has.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"
#include "reports/head.hpp"

#include <string>

namespace stalemate::report::example {

/// A buffered write that trusts its cached mapping, against writeback and reclaim.
[[nodiscard]] ir::Model race();

/// The shortest way to break no_lost_write in race().
[[nodiscard]] Result race_result();

/// What stands above a report about a result.
[[nodiscard]] Caption
caption(const std::string& name, const ir::Model& model, const Result& result);

/// A writer that waits for writeback while I/O completion wants the lock that it holds.
[[nodiscard]] ir::Model cycle();

/// Processes that pass a token around, with names as long as the kernel's: for widths.
[[nodiscard]] ir::Model crowd(int processes);

/// Every process of crowd() passes the token once, and the last one breaks the claim.
[[nodiscard]] Result crowd_result(int processes);

/// The only way into the deadlock of cycle().
[[nodiscard]] Result cycle_result();

} // namespace stalemate::report::example
