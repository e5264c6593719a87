// A scenario that holds, with something about its kernel changed.
#pragma once

#include "checker/inquiry/behaviour.hpp"
#include "checker/result/verdict.hpp"
#include "checker/search/limits.hpp"
#include "cli/load.hpp"
#include "model/inquiry/mutants.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::cli {

/// A scenario in which everything holds, and what can happen in it.
struct Held {
  Candidate candidate; ///< With every claim that holds in it, see with_all_claims().
  std::uint64_t identity = 0;
  Result result;
  std::optional<Behaviour> behaviour; ///< Nothing: it is too large to be compared.
};

/// What becomes of it, from the best answer for a claim to the worst.
enum class Consequence : std::uint8_t {
  caught,       ///< A claim breaks.
  undecided,    ///< No claim breaks up to a limit.
  told,         ///< No claim breaks, but others can tell that something is different.
  less,         ///< What others see could be seen before, but not all of that is.
  nothing,      ///< Others see what they saw before.
  not_compared, ///< No claim breaks; whether others can tell is too much to find out here.
  same,         ///< It is the same program.
  never_run,    ///< The step never runs.
  refused,      ///< There is no such edit here.
};

struct Answer {
  Consequence consequence = Consequence::refused;
  std::string claim = {};  ///< Of caught: what breaks first.
  std::size_t steps = 0;   ///< Of caught: the length of a shortest trace.
  std::string reason = {}; ///< Of undecided and refused; of told: what others see.
};

/// Nothing if something breaks in it, or if it cannot be searched to its end: `left_out` says why.
[[nodiscard]] std::optional<Held>
held(const Candidate& candidate, const Limits& limits, std::string& left_out);

/// What becomes of a mutant. Unless it `is_compared`, `told` stands for all that breaks nothing.
[[nodiscard]] Answer answer_in(const Held& held,
                               const kernel::inquiry::Mutant& mutant,
                               const Limits& limits,
                               bool is_compared);

/// What becomes of two at once, each of which alone breaks nothing here. Caught, undecided,
/// nothing, refused, or one of them never runs.
[[nodiscard]] Answer answer_to_both(const Held& held,
                                    const kernel::inquiry::Mutant& one,
                                    const kernel::inquiry::Mutant& other,
                                    const Limits& limits);

} // namespace stalemate::cli
