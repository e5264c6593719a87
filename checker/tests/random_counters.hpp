// The endless counters of random models.
#pragma once

#include "checker/builder/path.hpp"
#include "checker/tests/random_models.hpp"

#include <functional>
#include <vector>

namespace stalemate::tests {

/// Counters, copies of them that all share or a process has for itself, and what is done with them.
/// None at first.
class RandomCounters {
 public:
  RandomCounters() = default;
  RandomCounters(Dice& dice, build::Model& model, int length);

  /// The same for the process that is being recorded.
  [[nodiscard]] RandomCounters of(build::Path& path) const;

  [[nodiscard]] bool empty() const { return counters_.empty(); }

  using Index = std::function<build::Expr(int length)>;
  using Condition = std::function<build::Expr()>;

  /// The alternative, and then a counter grows or a copy is made.
  [[nodiscard]] build::Alternative count(Dice& dice,
                                         const build::Alternative& made,
                                         const Index& index,
                                         const Condition& condition) const;
  [[nodiscard]] build::Expr comparison(Dice& dice, const Index& index) const;

 private:
  [[nodiscard]] std::size_t any(Dice& dice) const;
  [[nodiscard]] build::Place a_copy(Dice& dice, std::size_t counter, const Index& index) const;

  std::vector<build::Place> counters_;
  std::vector<build::Array> saved_; ///< By counter: copies of it.
  std::vector<build::Place> kept_;  ///< By counter: a copy that only the process has.
  std::vector<build::Place> left_;  ///< How often counters may still grow, most of the time.
};

} // namespace stalemate::tests
