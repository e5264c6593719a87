#pragma once

#include "checker/program/bytecode.hpp"
#include "checker/program/layout.hpp"
#include "checker/program/native.hpp"
#include "checker/program/spots.hpp"
#include "checker/program/symmetry.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace stalemate {

/// An alternative of a process, or a part of an invariant, by its place in the model.
struct AlternativeName {
  int process = 0;
  int step = 0;
  int alternative = 0;

  friend auto operator<=>(const AlternativeName&, const AlternativeName&) = default;
};
struct PartName {
  int property = 0;
  int part = 0;

  friend auto operator<=>(const PartName&, const PartName&) = default;
};

/// Index of a piece of code: its first instruction.
using Entry = std::uint32_t;

/// What the code of a transition says about it. An alternative has several where its code is
/// split by the value of an index.
struct Transition {
  std::uint32_t alternative = 0; ///< Index into Program::alternatives.
  Entry invariants = 0;          ///< Answers what it may have broken; Program::nothing if nothing.
  bool is_progress = false;      ///< See ir::is_progress().
};

/// The code of a claim about runs: answers 1 where it is true, else 0. Program::nothing where the
/// claim has no such part.
struct ClaimCode {
  Entry cause = 0;
  Entry goal = 0;
};

/// The code of a process: pick the entry by the step at which it stands.
struct ProcessCode {
  Field location;
  std::vector<Entry> steps;   ///< By location: fires every enabled alternative.
  std::vector<Entry> resting; ///< By location: answers 1 if the process ended or may rest, else 0.
};

/// Where the others must stand for it to be enough to let a process move alone: by other process
/// the spots at which those may stand, as bits. Nothing: it never is.
using Alone = std::vector<std::vector<std::uint64_t>>;

struct AloneAtSpot {
  /// By alternative of the process's step the answer where that is the only one enabled, and behind
  /// them the one where several are. Nothing: it never is.
  std::vector<Alone> by_enabled;
  Alone any; ///< Where it is with one of them, whichever is enabled.
};

/// A model, ready to run.
struct Program {
  explicit Program(const ir::Model& of) : model(of), layout(of) {}

  ir::Model model;
  Layout layout;
  Bytecode code;
  std::vector<ProcessCode> processes;
  std::vector<Transition> transitions;
  std::vector<AlternativeName> alternatives;
  std::vector<PartName> parts;   ///< Of all invariants: what their code answers with.
  std::vector<ClaimCode> claims; ///< By property.
  Entry all_invariants = 0;      ///< Answers the first part that does not hold, or holds_all.
  Entry nothing = 0;             ///< Code that ends at once.
  int successors_max = 0;        ///< No state has more.
  std::optional<int> deadlock;   ///< The property that forbids it, if the model has one.
  std::vector<Word> initial;     ///< The packed initial state.
  /// By process and spot; empty if it is not known. See find_ample_sets().
  std::vector<std::vector<AloneAtSpot>> alone;
  std::vector<Spots> spots;       ///< By process; of `alone`.
  bool leaves_out_orders = false; ///< Who may move alone does, where nobody else need to.
  bool goes_on = false; ///< A state where someone may move alone on its only way is passed by.
  /// What makes targets the states that stand for them, if anything does. See find_symmetry().
  std::optional<Symmetry> symmetry;
  /// Runs instead of `code`, if there is one, and does the same. Set while nobody runs.
  mutable std::shared_ptr<const Native> native;

  static constexpr std::int32_t holds_all = -1; ///< Answer of an invariants entry.
};

/// True if it is enough to let the process move, where the processes stand at these spots; see
/// Program::alone. `enabled`: its one enabled alternative, or `several`, or `whichever`.
inline constexpr int several = -1;
inline constexpr int whichever = -2;
[[nodiscard]] bool may_move_alone(const Program& program,
                                  std::size_t process,
                                  int enabled,
                                  std::span<const std::size_t> spots);

/// Compiles a validated model. Throws ir::InvalidModel if its states or its code are too large.
[[nodiscard]] Program compile(const ir::Model& model);

} // namespace stalemate
