#pragma once

#include "cli/finding.hpp"

#include <vector>

namespace stalemate::cli {

/// What would be as expected, of a result that is one: verdict, what it is about, counts, what
/// never ran. Of what is expected already, the steps that the trace passes stay if it still does.
[[nodiscard]] kernel::Expectation expectation_of(const Candidate& candidate,
                                                 const Finding& finding);

/// A scenario with what was found.
struct Found {
  const Candidate* candidate = nullptr;
  Finding finding;
};

/// Writes what was found into the files, as their `expect`, where nothing or something else is
/// expected; says on stdout what it wrote. What is incomplete, or no verdict, is refused on stderr.
Status accept(const std::vector<Found>& all);

} // namespace stalemate::cli
