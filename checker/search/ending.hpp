#pragma once

#include "checker/search/ledger.hpp"
#include "checker/search/level.hpp"
#include "checker/search/limits.hpp"

#include <string>

namespace stalemate {

/// Says what the end of a search means and, where something is broken, how it comes to that: fills
/// in verdict, property, reason and schedule. What breaks with a transition out of a level is one
/// step longer than a deadlock in it, which is then told instead.
void tell_end(const Program& program,
              const StateSet& seen,
              const Level& level,
              const Limits& limits,
              const End& end,
              Result& result);

/// It ends without an answer.
void tell_incomplete(std::string reason, Result& result);

} // namespace stalemate
