// Everything that can be changed about the kernel of scenarios that hold, and what notices.
#pragma once

#include "checker/search/limits.hpp"
#include "cli/load.hpp"
#include "reports/teeth.hpp"

#include <string>
#include <vector>

namespace stalemate::cli {

/// Makes every mutant of every path in every scenario that holds, the small ones first, until a
/// claim notices. Of those that no claim notices, finds out what others can tell, and which other
/// one has to be made as well for a claim to notice. `paths`: of these only; empty: of all. So many
/// `jobs` at once; the result is the same.
[[nodiscard]] report::Teeth teeth_of(const std::vector<Candidate>& candidates,
                                     const std::vector<std::string>& paths,
                                     const Limits& limits,
                                     int jobs);

} // namespace stalemate::cli
