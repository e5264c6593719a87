#pragma once

#include "checker/ir/expression.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::ir {

enum class PropertyKind : std::uint8_t {
  invariant,   ///< every part holds in every state
  assertion,   ///< the checks that refer to it hold whenever their step runs
  reachable,   ///< in some reachable state `goal` is true
  no_deadlock, ///< no reachable state in which somebody neither rests nor ended, and never moves on
  eventually,  ///< on every fair run `goal` is true at some time
  leads_to,    ///< on every fair run, once `cause` is true, `goal` is true then or later
  can_finish,  ///< from every reachable state there is a way to where everyone ended or may rest
  progress,    ///< no fair run on which somebody neither rests nor ever progresses again
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
  std::vector<Part> parts;  ///< Of an invariant; empty otherwise.
  ExpressionPtr cause = {}; ///< Of leads_to; null otherwise.
  ExpressionPtr goal = {};  ///< Of reachable, eventually and leads_to; null otherwise.
  /// Of an assertion: breaking it is no harm by itself, and is reported only if nothing else does.
  bool is_warning = false;
};

/// True for claims about whole runs, or about what can still happen: it takes the graph of all
/// states to decide them.
[[nodiscard]] inline bool is_about_runs(PropertyKind kind) {
  return kind >= PropertyKind::eventually;
}

} // namespace stalemate::ir
