#pragma once

#include "checker/liveness/pause.hpp"
#include "checker/liveness/standing.hpp"
#include "checker/store/state_set.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace stalemate {

/// What is known of a transition besides its target.
class Label {
 public:
  Label() = default;
  Label(int process, bool is_progress)
      : bits_(static_cast<std::uint8_t>(process | (is_progress ? progress : 0))) {}

  [[nodiscard]] int process() const { return bits_ & ~progress; }
  [[nodiscard]] bool is_progress() const { return (bits_ & progress) != 0; }

 private:
  static constexpr int progress = 64;
  static_assert(ir::processes_max <= progress);

  std::uint8_t bits_ = 0;
};

/// Transitions that are left out of a graph: the progress of these processes.
using NoProgressOf = ProcessSet;

[[nodiscard]] inline bool is_left_out(Label label, NoProgressOf some) {
  return label.is_progress() && has(some, label.process());
}

/// The transitions between all reachable states, five bytes each and eight per state. Claims about
/// runs are decided here: that a run goes on for ever is nothing that a single state could show.
class StateGraph {
 public:
  /// Bytes that the graph of so many states and transitions takes, with what its users need.
  [[nodiscard]] static std::uint64_t memory_of(std::uint64_t states, std::uint64_t transitions);

  StateGraph(const Program& program, StateSet& seen, std::uint64_t transitions);

  /// Expands every state again. False if it had to be given up.
  [[nodiscard]] bool build(const Standings& standings, Pause& pause);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::span<const StateId> targets(StateId id) const {
    return {targets_.data() + first_[id], targets_.data() + first_[id + std::uint64_t{1}]};
  }
  /// Of each target.
  [[nodiscard]] std::span<const Label> labels(StateId id) const {
    return {labels_.data() + first_[id], labels_.data() + first_[id + std::uint64_t{1}]};
  }
  /// Who can go on.
  [[nodiscard]] ProcessSet enabled(StateId id) const;

  [[nodiscard]] const Program& program() const { return program_; }
  /// The packed state, and how the processes stand in it.
  void read(StateId id, Word* state) const { seen_.read(id, state); }

 private:
  const Program& program_;
  StateSet& seen_;
  std::uint64_t size_;
  std::vector<std::uint64_t> first_; ///< By state; one more than there are states.
  std::vector<StateId> targets_;
  std::vector<Label> labels_;
};

} // namespace stalemate
