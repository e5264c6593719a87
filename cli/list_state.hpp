#pragma once

#include <string>
#include <vector>

namespace stalemate::cli {

/// Prints what an expression about the scenario can name; `format` is text or json. Throws
/// UsageError unless exactly one scenario is named.
void list_state(const std::vector<std::string>& scenarios, const std::string& format);

} // namespace stalemate::cli
