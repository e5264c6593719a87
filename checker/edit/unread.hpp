// Variables that nobody reads, and so can not matter.
#pragma once

#include "checker/ir/model.hpp"

#include <vector>

namespace stalemate::edit {

/// By variable: does a guard, a wait or a claim read it, or an effect on one that is read?
[[nodiscard]] std::vector<bool> is_read(const ir::Model& model);

/// Takes away what is done to variables that were read before and are not any more: a cookie is not
/// sampled for a check that was dropped. They keep their first value.
void forget_unread(ir::Model& model, const std::vector<bool>& was_read);

} // namespace stalemate::edit
