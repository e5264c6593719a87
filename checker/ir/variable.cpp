#include "checker/ir/variable.hpp"

#include <fmt/format.h>

#include <functional>
#include <numeric>

namespace stalemate::ir {

int Variable::cells() const {
  return std::accumulate(shape.begin(), shape.end(), 1, std::multiplies<>());
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
