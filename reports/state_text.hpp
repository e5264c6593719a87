// A state in words: what is in it that was not so at the start.
#pragma once

#include "checker/ir/model.hpp"

#include <string>

namespace stalemate::report {

/// "folio[0].dirty no, inode.seq 1": every cell that differs from the start, but for where
/// processes stand; "as at the start" if none does.
[[nodiscard]] std::string state_text(const ir::Model& model, const ir::Valuation& state);

} // namespace stalemate::report
