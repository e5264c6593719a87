#pragma once

#include "checker/program/simplify.hpp"

#include <optional>

namespace stalemate {

inline constexpr int split_values_max = 8;  ///< Of a cell by which a step is split.
inline constexpr int split_pieces_max = 16; ///< Of a step.

/// The cell that the alternatives use most in indexes, among those with at most `values_max`
/// values; nothing if all indexes are constant or depend on larger cells. For every value of it
/// known, more indexes become constant.
[[nodiscard]] std::optional<ir::Cell> best_split(const std::vector<ir::Alternative>& alternatives,
                                                 const Known& known,
                                                 const Ranges& ranges,
                                                 int values_max);

} // namespace stalemate
