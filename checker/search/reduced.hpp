#pragma once

#include "checker/result/verdict.hpp"
#include "checker/search/limits.hpp"
#include "checker/search/observer.hpp"

#include <cstdint>

namespace stalemate {

/// What a search may leave out, since the verdict is the same without it.
struct Reductions {
  bool dead_values = false; ///< See without_dead_values().
  bool ample_sets = false;  ///< See find_ample_sets().
  bool lone_moves = false;  ///< See pass_lone_moves().
  bool symmetry = false;    ///< See find_symmetry().
  bool equality = false;    ///< See without_counters().
  /// So many states are searched without them first: small models are done then, of larger ones it
  /// is known how far that went. They stay only where they leave out a third of as much.
  std::uint64_t after = 0;

  [[nodiscard]] bool any() const {
    return dead_values || ample_sets || lone_moves || symmetry || equality;
  }
};

inline constexpr Reductions all_reductions{.dead_values = true,
                                           .ample_sets = true,
                                           .lone_moves = true,
                                           .symmetry = true,
                                           .equality = true};
/// Of a search of which nobody has said how it goes. To find out what to leave out, and whether
/// that helps, takes as long as some hundred thousand states.
inline constexpr Reductions usual_reductions{.dead_values = true,
                                             .ample_sets = true,
                                             .lone_moves = true,
                                             .symmetry = true,
                                             .equality = true,
                                             .after = 1'000'000};

/// Checks the model. Only proofs gain: where something breaks, the search is made again with
/// nothing left out, so that counts and counterexample are those of a plain search. If a limit ends
/// that one, or an endless counter whose range is too short, the first counterexample stays, and
/// is_shortest is false. It does not stay where replay() cannot follow it, nor where it was only
/// suspected that somebody is lost, see find_symmetry() and pass_lone_moves(). Throws
/// ir::InvalidModel as compile() does.
[[nodiscard]] Result explore_reduced(const ir::Model& model,
                                     const Reductions& reductions,
                                     const Limits& limits,
                                     Observer& observer);

} // namespace stalemate
