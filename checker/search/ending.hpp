#pragma once

#include "checker/search/ledger.hpp"
#include "checker/search/level.hpp"
#include "checker/search/limits.hpp"

#include <cstdint>
#include <functional>
#include <optional>
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

/// The first state of the level, from this number on, in which nobody can go on.
using FindDeadlock = std::function<std::optional<std::uint64_t>(std::uint64_t from)>;

/// What really ends a search that met this end at the state with the number `at`: a deadlock in the
/// rest of the level comes before it. False if only a limit does, which the result then says: that
/// of the depth if `is_deep`, else `why_full`.
[[nodiscard]] bool settle_end(const Program& program,
                              const Limits& limits,
                              bool is_deep,
                              std::string why_full,
                              const FindDeadlock& find,
                              End& end,
                              std::uint64_t& at,
                              Result& result);

/// It ends without an answer.
void tell_incomplete(std::string reason, Result& result);

} // namespace stalemate
