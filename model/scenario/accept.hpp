#pragma once

#include "model/scenario/scenario.hpp"

#include <map>
#include <string>

namespace stalemate::kernel {

/// The text of a scenario file with other expectations, by variant; "" stands for a file without
/// variants. All else stays as it is, blanks and order included, and what is new is written like
/// what stands around it. The text must be that of a ScenarioFile.
[[nodiscard]] std::string with_expectations(const std::string& text,
                                            const std::map<std::string, Expectation>& expectations);

} // namespace stalemate::kernel
