#include "checker/ir/variable.hpp"

#include "checker/ir/model.hpp"

#include <fmt/format.h>

namespace stalemate::ir {

int Variable::cells() const {
  std::int64_t product = 1;
  for (const int length : shape) {
    if (length < 1) throw InvalidModel(name + ": an array of no cells");
    product *= length;
    if (product > cells_max)
      throw InvalidModel(fmt::format("{}: an array of more than {} cells", name, cells_max));
  }
  return static_cast<int>(product);
}

std::string cell_name(const Variable& variable, int cell) {
  if (variable.shape.empty()) return variable.name;

  const auto dot = variable.name.rfind('.');
  const auto object = variable.name.substr(0, dot);
  const auto property = dot == std::string::npos ? std::string() : variable.name.substr(dot);
  const int columns = variable.shape.size() == 1 ? 1 : variable.shape[1];
  const auto row = variable.rows.empty() ? std::to_string(cell / columns)
                                         : variable.rows[static_cast<std::size_t>(cell / columns)];
  if (variable.shape.size() == 1) return fmt::format("{}[{}]{}", object, row, property);
  return fmt::format("{}[{}]{}[{}]", object, row, property, cell % columns);
}

std::string value_name(const Variable& variable, std::int64_t value) {
  if (variable.kind == Kind::boolean) return value != 0 ? "yes" : "no";
  if (variable.kind == Kind::location && value == variable.range.high) return "finished";

  const auto named = value - variable.range.low;
  if (named >= 0 && named < static_cast<std::int64_t>(variable.names.size()))
    return variable.names[static_cast<std::size_t>(named)];
  return std::to_string(value);
}

} // namespace stalemate::ir
