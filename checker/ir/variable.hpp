#pragma once

#include "checker/ir/range.hpp"
#include "checker/ir/scalarset.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::ir {

/// No array or table has more.
inline constexpr std::int64_t cells_max = 1 << 24;

/// How the values of a variable are printed.
enum class Kind : std::uint8_t {
  number,   ///< as numbers
  boolean,  ///< no, yes
  named,    ///< by Variable::names
  holder,   ///< a lock: 0 is free, p + 1 is held by process p; names hold both
  location, ///< the step at which a process stands; its last value is "finished"
};

inline constexpr int shared = -1; ///< Variable::owner of a variable that no process owns.

/// A declared variable: a scalar, an array or a table of cells with one range.
struct Variable {
  std::string name; ///< object.property, unique in the model.
  Kind kind = Kind::number;
  Range range;
  std::vector<std::string> names;  ///< Of the values from range.low on, for named and holder.
  std::vector<int> shape;          ///< {} scalar, {n} array, {rows, columns} table.
  std::vector<std::string> rows;   ///< Names of the rows, where numbers say too little.
  std::vector<int> initial;        ///< One value per cell.
  int owner = shared;              ///< Number of the process that alone writes it, or `shared`.
  bool ghost = false;              ///< Exists for the properties only; no step may depend on it.
  std::optional<Naming> value_of;  ///< What its values stand for,
  std::optional<Naming> row_of;    ///< its cells, or the rows of a table,
  std::optional<Naming> column_of; ///< and the columns.
  /// Stands for a counter that never comes to an end: that it leaves its range says nothing about
  /// what is modelled, only that the range is too small to go on.
  bool endless = false;

  /// Product of the shape. Throws InvalidModel if a length is below 1, or the product above
  /// cells_max.
  [[nodiscard]] int cells() const;
};

/// The cell's name with the row next to the object: folio[1].dirty, folio[1].data[0], disk[2],
/// or, where rows have names, inode.i_rwsem[writer0].shared.
[[nodiscard]] std::string cell_name(const Variable& variable, int cell);

/// The value as the variable prints it: 3, yes, unwritten, writer0.
[[nodiscard]] std::string value_name(const Variable& variable, std::int64_t value);

} // namespace stalemate::ir
