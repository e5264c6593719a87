// Runs that go on for ever, for the tests of this folder.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"

namespace stalemate::report::example {

/// Two that each hold a folio, try to get the other's, and give way to each other: a livelock.
[[nodiscard]] ir::Model retries();

/// Two steps, then for ever round the loop.
[[nodiscard]] Result retries_result();

} // namespace stalemate::report::example
