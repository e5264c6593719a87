// Teeth as JSON, to be compared with later ones and to be written otherwise.
#pragma once

#include "reports/teeth.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace stalemate::report {

/// A line for each tooth.
void write_teeth_json(const Teeth& teeth, std::ostream& out);

/// Reads it back. Throws JsonError for a text that is none.
[[nodiscard]] Teeth read_teeth_json(const std::string& json);

/// A list of objects with the four texts of an Explanation. Throws JsonError for a text that is
/// none.
[[nodiscard]] std::vector<Explanation> read_explanations(const std::string& json);

/// What differs from an earlier report: a line for each tooth.
[[nodiscard]] std::vector<std::string> differences(const Teeth& teeth, const Teeth& earlier);

} // namespace stalemate::report
