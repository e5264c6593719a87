// What can happen in a model, and what can be told of it by somebody who sees only some of it.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/program/program.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace stalemate {

/// All reachable states, by number, and the ways between them. The first one is the initial one.
class Behaviour {
 public:
  struct Arrow {
    std::uint32_t target = 0;
    std::uint32_t way = 0; ///< Index into ways().
  };

  [[nodiscard]] std::size_t size() const { return first_.size() - 1; }
  [[nodiscard]] std::span<const Arrow> from(std::uint32_t state) const {
    return {arrows_.data() + first_[state], arrows_.data() + first_[state + std::size_t{1}]};
  }
  [[nodiscard]] const std::vector<AlternativeName>& ways() const { return ways_; }

 private:
  friend std::optional<Behaviour> behaviour_of(const ir::Model& model, std::uint64_t states_max);

  std::vector<AlternativeName> ways_;
  std::vector<std::size_t> first_ = {0}; ///< By state, and one more.
  std::vector<Arrow> arrows_;
};

/// Nothing if there are more states, or if a step breaks a claim or a rule of the model.
[[nodiscard]] std::optional<Behaviour> behaviour_of(const ir::Model& model,
                                                    std::uint64_t states_max);

/// By way of a behaviour: what is seen when it is taken. Empty: nothing.
using Visible = std::vector<std::string>;

/// Is there a run of `one` that looks like none of `other`?
struct Divergence {
  enum class Kind : std::uint8_t {
    none,     ///< Whatever is seen of `one`, `other` can look like it.
    step,     ///< Something is seen that `other` does not do there.
    end,      ///< Nothing goes on where something of `other` always does.
    too_large ///< There is too much to compare.
  };
  Kind kind = Kind::none;
  std::vector<std::string> seen = {}; ///< Of a shortest such run. Of a step it is the last.
};

/// Trace refinement: `one` is followed together with all states in which `other` may be, by what
/// has been seen so far. `work_max`: pairs of a state and such a set, and members of sets.
[[nodiscard]] Divergence divergence(const Behaviour& one,
                                    const Visible& seen_of_one,
                                    const Behaviour& other,
                                    const Visible& seen_of_other,
                                    std::size_t work_max);

} // namespace stalemate
