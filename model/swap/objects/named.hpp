#pragma once

#include "checker/ir/model.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel::swap {

/// An array whose values have names, a cell for each initial value.
[[nodiscard]] inline ir::Variable named(const std::string& name,
                                        const std::vector<std::string>& names,
                                        const std::vector<int>& initial) {
  ir::Variable made;
  made.name = name;
  made.kind = ir::Kind::named;
  made.range = {0, static_cast<int>(names.size()) - 1};
  made.names = names;
  made.shape = {static_cast<int>(initial.size())};
  made.initial = initial;
  return made;
}

} // namespace stalemate::kernel::swap
