// Scenarios that hold, with one thing about their kernel changed.
#pragma once

#include "checker/search/limits.hpp"
#include "cli/load.hpp"
#include "reports/teeth.hpp"

#include <string>
#include <vector>

namespace stalemate::cli {

/// Makes every mutant of every path in every scenario that holds, the small ones first, until a
/// claim notices. `paths`: of these only; empty: of all.
[[nodiscard]] report::Teeth teeth_of(const std::vector<Candidate>& candidates,
                                     const std::vector<std::string>& paths,
                                     const Limits& limits);

} // namespace stalemate::cli
