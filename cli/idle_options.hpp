#pragma once

#include "cli/load.hpp"
#include "cli/search_options.hpp"

#include <string>
#include <vector>

namespace stalemate::cli {

/// Says in a line on stderr which options of a search are set and do nothing, because Relacy
/// executes instead: all models, if `engine` is "relacy", else the protocols among them.
void say_idle_options(const std::vector<Candidate>& candidates,
                      const SearchOptions& options,
                      const std::string& engine = "search");

} // namespace stalemate::cli
