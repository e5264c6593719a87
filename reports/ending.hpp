// How a trace ends, in words: which claim broke on which values, or who waits for whom.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/trace.hpp"

#include <string>
#include <vector>

namespace stalemate::report {

/// What broke, to put behind an arrow: the property's name, or the verdict if there is none.
[[nodiscard]] std::string broken_name(const ir::Model& model, const Trace& trace);

/// True for a trace that nothing is wrong with: it leads to a state that somebody looked for.
[[nodiscard]] bool is_example(const ir::Model& model, const Trace& trace);

/// A value that the claim refuses: `cell` should hold what the ghost `ghost` holds, and does not.
struct Contradiction {
  ir::Cell cell;
  ir::Cell ghost;
};

/// The cells of that kind among those that the broken claim read: they have values of one kind.
/// Often none, never a guess: other claims compare nothing.
[[nodiscard]] std::vector<Contradiction> contradictions(const ir::Model& model, const Trace& trace);

/// The last lines of a report: what broke and what it claims, the values it read, and what is wrong
/// with them; or one line for everyone who waits, those in the ring first; or what was reached.
[[nodiscard]] std::vector<std::string> ending(const ir::Model& model, const Trace& trace);

} // namespace stalemate::report
