#pragma once

#include "checker/ir/expression.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::ir {

enum class PropertyKind : std::uint8_t {
  invariant,   ///< every part holds in every state
  assertion,   ///< the checks that refer to it hold whenever their step runs
  no_deadlock, ///< no reachable state in which nothing moves and somebody neither rests nor ended
};

/// One conjunct of an invariant, so that a report can say which one broke and show what it read.
struct Part {
  ExpressionPtr holds;
  std::string text; ///< What is wrong where it does not hold: "block 0 holds {}, not {}".
  std::vector<ExpressionPtr> values = {}; ///< What stands for each {} of the text.
};

/// Something that should be true of the model.
struct Property {
  std::string name;  ///< no_lost_write
  std::string claim; ///< "data written earlier survives"
  PropertyKind kind = PropertyKind::invariant;
  std::vector<Part> parts; ///< Of an invariant; empty otherwise.
};

} // namespace stalemate::ir
