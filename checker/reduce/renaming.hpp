#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"

#include <optional>
#include <vector>

namespace stalemate {

/// By scalarset and member: the member in its place.
using Members = std::vector<std::vector<int>>;

/// Other names for the processes, cells and values of a model, by other places for the members of
/// its scalarsets. What a process owns goes to the process in its place.
struct Renaming {
  /// What happens to a variable.
  struct Image {
    ir::VariableId to = ir::none;
    std::vector<int> cells;  ///< By cell, that of the image.
    std::vector<int> values; ///< From range.low on; empty: `shift` is added.
    int shift = 0;
  };

  Members members;
  std::vector<Image> variables; ///< By variable.
  std::vector<int> low;         ///< By variable: the value with which Image::values begins.

  [[nodiscard]] const std::vector<int>& processes() const { return members[ir::all_processes]; }
  [[nodiscard]] ir::Cell cell(const ir::Cell& cell) const;
  /// The value that stands in the image of a cell of the variable for this one.
  [[nodiscard]] std::int64_t value(ir::VariableId variable, std::int64_t value) const;
  [[nodiscard]] ir::Valuation state(const ir::Valuation& state) const;
};

/// The renaming that these places mean, unless variables in each other's place are of different
/// kinds. That of places after other places is that of one after that of the other.
[[nodiscard]] std::optional<Renaming> renaming_of(const ir::Model& model, const Members& members);

/// What could be a symmetry of the model, by what its scalarsets say: two members of one change
/// places, and whatever belongs to them; processes that do so run the same path. Each is its own
/// inverse.
[[nodiscard]] std::vector<Renaming> renamings_of(const ir::Model& model);

} // namespace stalemate
