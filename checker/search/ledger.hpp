#pragma once

#include "checker/program/program.hpp"
#include "checker/result/verdict.hpp"
#include "checker/search/successors.hpp"
#include "checker/search/workers.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace stalemate {

/// What a search met that it does not go beyond.
struct End {
  enum class Kind : std::uint8_t {
    violated, ///< The state found last breaks an invariant.
    failed,   ///< A step out of `parent` breaks an assertion, or leaves a range.
    deadlock, ///< Nothing leads out of `parent`, which must not be.
    full,     ///< The set takes no more; `parent` was being expanded.
  };
  Kind kind = Kind::full;
  StateId parent = 0;           ///< That was being expanded.
  std::int32_t part = -1;       ///< Of violated: what breaks.
  std::uint32_t transition = 0; ///< Of failed.
  StateId child = 0;            ///< Of violated: the state that breaks it.
};

/// The part of an invariant that a new state breaks, to which the transition led; its parent broke
/// none. Program::holds_all if it does not either.
[[nodiscard]] std::int32_t
broken_by(const Program& program, std::uint32_t transition, const Word* state);

/// How often each alternative was fired, where that is known by transition. Where a symmetry of it
/// is, it is under another name.
[[nodiscard]] Coverage coverage_of(const Program& program, std::span<const std::uint64_t> fired);

/// What has been found so far: counts, where each state came from, what was fired.
///
/// States are taken in the order in which expanding one after the other would meet them, and
/// nothing is taken behind the first thing that ends the search. So nothing here tells how many
/// were expanded at once, or by whom.
class Ledger {
 public:
  Ledger(const Program& program, StateSet& seen)
      : program_(program), seen_(seen), fired_(program.transitions.size()) {}

  /// The initial state.
  void take_first() { states_ = 1; }
  /// States that one thread has expanded, and of whose targets the set has taken so many.
  void take(const Successors& batch, std::size_t taken);
  /// States that several threads have expanded.
  void take(const Workers& workers);

  /// Set once the search must end.
  [[nodiscard]] const std::optional<End>& end() const { return end_; }

  /// Those that lead only to states found before them; see may_be_stranded().
  [[nodiscard]] const std::vector<StateId>& stalled() const { return stalled_; }
  /// How often each transition was fired, to be added to by who passes some on the way.
  [[nodiscard]] std::vector<std::uint64_t>& fired() { return fired_; }
  [[nodiscard]] std::uint64_t states() const { return states_; }
  [[nodiscard]] std::uint64_t transitions() const;
  [[nodiscard]] Coverage coverage() const;

  void save(SnapshotWriter& out) const;
  /// Into an empty one.
  void load(SnapshotReader& in);

 private:
  struct Found;

  template <typename IsNew, typename Rises>
  void take(const Found& found, IsNew is_new, Rises rises);
  void take(const Chunk& chunk);
  void take_to_the_end(const Chunk& chunk);
  void end_parent(StateId parent, bool is_stalled);

  const Program& program_;
  StateSet& seen_;
  std::uint64_t states_ = 0;
  std::vector<std::uint64_t> fired_; ///< By transition.
  std::vector<StateId> stalled_;
  std::optional<End> end_;
};

} // namespace stalemate
