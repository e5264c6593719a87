#pragma once

#include "checker/liveness/standing.hpp"

#include <compare>
#include <cstdint>
#include <set>
#include <span>
#include <utility>
#include <vector>

namespace stalemate {

/// The same question as may_be_stranded() has, and for the same reason only about stalled states;
/// any order of the states will do for that. This one is told from a state alone: first how far its
/// processes are, all together, since most steps go on from there, and then as packed.
class StalledLook {
 public:
  explicit StalledLook(const Program& program);

  /// Does the state lead somewhere, but nowhere behind it?
  [[nodiscard]] bool is_stalled(const Word* state, std::span<const Word> targets) const;

  /// Could a process that neither ended nor rests be unable to move ever again from a stalled state
  /// on? Passes at most so many states before it is taken to be so.
  [[nodiscard]] bool may_lose(const Word* state, std::uint64_t states_max);

  /// States that were passed by now.
  [[nodiscard]] std::uint64_t passed() const { return passed_; }

 private:
  struct Ranked {
    std::uint64_t progress = 0;
    std::vector<Word> state;
    auto operator<=>(const Ranked&) const = default;
  };
  [[nodiscard]] Ranked ranked(const Word* state) const;
  [[nodiscard]] std::uint64_t progress_of(const Word* state) const;
  [[nodiscard]] bool is_behind(const Word* state, std::uint64_t progress, const Word* other) const;

  const Program& program_;
  Standings standings_;
  std::size_t words_;
  std::vector<Word> targets_;
  std::vector<std::uint32_t> transitions_;
  std::uint64_t passed_ = 0;
};

} // namespace stalemate
