#pragma once

#include "checker/ir/expression.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::ir {

inline constexpr int none = -1; ///< An index that points at nothing.

/// One assignment. Effects of an alternative run in order and see the earlier ones.
struct Effect {
  VariableId variable = none;
  ExpressionPtr index; ///< Null for a scalar.
  ExpressionPtr value; ///< If it can leave the variable's range, that is checked when it happens.
};

/// Something that an alternative waits for, named so that a deadlock report can say who waits for
/// whom. The alternative is enabled only when `until` is true.
struct Wait {
  ExpressionPtr until;
  ExpressionPtr place;                ///< A load that names what is waited for; may be null.
  std::string what;                   ///< In words, where there is no place: "writeback to end".
  std::vector<ExpressionPtr> holders; ///< Each is 0 or 1 + the process that keeps `until` false.
  bool acquires = false;              ///< Afterwards the process holds `place` itself.
};

/// A claim about the state in which an alternative runs, before its effects.
struct Check {
  ExpressionPtr holds;
  int property = none; ///< Index into Model::properties, or none: the model itself is wrong.
  std::string text;    ///< What it means when it does not hold.
};

/// One guarded way through a step: an atomic transition.
struct Alternative {
  std::string note;          ///< What sets it apart, "the copy comes back short"; may be empty.
  ExpressionPtr guard;       ///< Never null; the constant 1 if there is none.
  std::vector<Wait> waits;   ///< All must be satisfied as well.
  std::vector<Check> checks; ///< Evaluated before the effects.
  std::vector<Effect> effects;
  int next = none;    ///< The process's next step; Process::finished() for its end.
  bool retry = false; ///< It begins again what was in vain: to go this way back is no progress.
};

/// What the scheduler owes a process that stands at a step and never leaves it: nothing; or that it
/// is not always able to go on (weak); or that it is not able to again and again (strong).
enum class Fairness : std::uint8_t { unfair, weak, strong };

/// A location of a process, with the ways to leave it. Enabled alternatives are all explored.
struct Step {
  int function = none; ///< Index into Model::functions.
  std::string phrase;  ///< (function, phrase) is how people and scenarios refer to a step.
  std::string file;    ///< Position of the C++ source that recorded it, relative to the root.
  int line = 0;
  bool idle = false;                ///< A process may rest here for ever, if no guard is true.
  std::optional<Fairness> fairness; ///< If it differs from that of the process.
  std::string edit = {};            ///< How it differs from what was recorded: "moved"; or empty.
  std::vector<Alternative> alternatives;
};

/// A function of the modelled program, such as iomap_write_begin in fs/iomap/buffered-io.c.
struct Function {
  std::string name;
  std::string file;
};

} // namespace stalemate::ir
