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
  if (variable.shape.size() == 1) return fmt::format("{}[{}]{}", object, cell, property);

  const int columns = variable.shape[1];
  return fmt::format("{}[{}]{}[{}]", object, cell / columns, property, cell % columns);
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
