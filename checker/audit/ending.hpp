#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"
#include "checker/search/limits.hpp"
#include "checker/search/observer.hpp"

#include <cstdint>
#include <string>

namespace stalemate {

/// What is left of a claim that something can never happen again.
struct Proof {
  enum class Outcome : std::uint8_t {
    proved,  ///< Nothing that can follow lets it happen.
    refuted, ///< It can still happen.
    open,    ///< A limit ended the search for it.
  };
  Outcome outcome = Outcome::proved;
  std::string text; ///< Of refuted: after how many steps; of open: why. In words.
};

/// A counterexample shows that it is a run of the model. Two kinds claim more about its end: a
/// deadlock in which others go on, that those who are stranded never move again; and `stuck`, that
/// not everyone can come to an end any more. This proves that, from the last state on, with nothing
/// of what found it: by the definition of the semantics, or, where that takes too many states, by a
/// search for a state in which it is not so. Other results claim nothing more and are proved.
///
/// The schedule must be one that replay() accepts.
[[nodiscard]] Proof prove_ending(const ir::Model& model,
                                 const Result& result,
                                 const Limits& limits,
                                 Observer& observer,
                                 std::uint64_t plain_states_max = 20'000);

} // namespace stalemate
