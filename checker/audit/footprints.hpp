#pragma once

#include "checker/audit/effort.hpp"
#include "checker/ir/model.hpp"

#include <string>
#include <vector>

namespace stalemate {

/// Changes the cells that an alternative does not read, one after the other and to several values,
/// and reports every alternative that notices: that is enabled or not, fails or not, or writes
/// something else. Also reports one that writes outside its footprint, and a resolved footprint
/// that is not part of the static one. Empty if all is well. Reductions rest on this.
[[nodiscard]] std::vector<std::string> audit_footprints(const ir::Model& model, Effort& effort);

} // namespace stalemate
