#pragma once

#include "reports/families.hpp"

#include <string>
#include <vector>

namespace stalemate::cli {

/// The folders of scenarios in and below the paths, none named: of the library; with what their
/// variants expect.
[[nodiscard]] report::Families families(const std::vector<std::string>& where);

} // namespace stalemate::cli
