#pragma once

#include <string>

namespace stalemate::kernel {

/// The scenario file format as JSON Schema draft-07, for editors and validators.
[[nodiscard]] std::string scenario_schema();

} // namespace stalemate::kernel
