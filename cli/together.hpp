#pragma once

#include "checker/search/limits.hpp"
#include "cli/load.hpp"
#include "cli/search_options.hpp"

#include <vector>

namespace stalemate::cli {

/// Throws UsageError where options ask for something that ranks cannot do together,
void refuse_apart(const SearchOptions& options);
/// or where that is asked of them: they search one variant, which Relacy does not execute.
void refuse_apart(const std::vector<Candidate>& candidates);

/// The limits of a search by all ranks of the job. Those on one machine share what is free of its
/// memory, unless a limit was given, which is that of each.
void search_together(const SearchOptions& options, Limits& limits);

} // namespace stalemate::cli
