// Which steps of a trace are worth showing: those that the arrows of the picture start and end at,
// those that relied on what was no longer so, and what broke. The others only get everyone there.
#pragma once

#include "checker/result/trace.hpp"
#include "reports/causality.hpp"
#include "reports/story.hpp"

#include <cstddef>
#include <vector>

namespace stalemate::report {

/// For every step whether it has a part in what broke, or only gets its process there.
/// Locks are among the reasons; so is all of a loop.
[[nodiscard]] std::vector<bool>
steps_that_matter(const Trace& trace, const Causality& causality, const Story& story);

/// The steps without which the race is not told, in order; and, back from the end, what one process
/// saw of another, as long as there are no more than `most`. Where nothing is known of that, the
/// last ones.
[[nodiscard]] std::vector<int>
key_steps(const Trace& trace, const Causality& causality, const Story& story, std::size_t most);

} // namespace stalemate::report
