// Ranks that are threads of one process, so that what ranks do can be tried without MPI.
#pragma once

#include "checker/ranks/ranks.hpp"

#include <functional>

namespace stalemate::tests {

/// Does the work once for each of so many ranks, at the same time, and returns when all are done.
/// Throws what the first of them threw; those who wait for a rank that threw get a RanksError.
void with_ranks(int count, const std::function<void(Ranks&)>& work);

} // namespace stalemate::tests
