#pragma once

#include "checker/checkpoint/checkpoint.hpp"
#include "checker/program/program.hpp"
#include "checker/ranks/ranks.hpp"
#include "checker/search/limits.hpp"

#include <functional>

namespace stalemate {

/// Throws RanksError unless all ranks search the same program, with the same limits of states and
/// depth, in the same build.
void expect_same_question(const Program& program, const Limits& limits, Ranks& ranks);

/// Loads the same checkpoint in all ranks, each its part. They write one at a time, all together,
/// so a crash leaves some of them one ahead; then those have the one before as well. It begins with
/// how many ranks there were, and the depth. False if there is no common one, since the first was
/// not finished. Throws CheckpointError in all of them.
[[nodiscard]] bool load_in_all(Checkpoint& checkpoint,
                               Generation generation,
                               const std::function<void(SnapshotReader&)>& give,
                               Ranks& ranks);

} // namespace stalemate
