// The reachable states, and who leads from which to which, by the definition of the semantics: for
// questions that need all of a small graph, or of the part around a run.
#pragma once

#include "checker/ir/model.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <vector>

namespace stalemate {

class PlainGraph {
 public:
  using Number = std::size_t; ///< Of a state; the first is 0.

  /// One transition.
  struct Way {
    int process = 0;
    int step = 0; ///< At which the process stood.
    int alternative = 0;
    Number target = 0;
    bool breaks = false; ///< The property breaks as it is taken; there is no target.
  };

  /// `property` may be ir::none: then no claim is looked at. The model has to outlive it.
  PlainGraph(const ir::Model& model, int property);
  PlainGraph(const ir::Model& model, int property, const ir::Valuation& start);

  [[nodiscard]] std::size_t size() const { return states_.size(); }
  [[nodiscard]] const ir::Valuation& values(Number state) const { return states_[state].values; }

  /// What can happen in the state. A step that breaks something else leads nowhere: no search goes
  /// on behind it.
  [[nodiscard]] const std::vector<Way>& ways(Number state);

  [[nodiscard]] bool can_move(Number state, int process);

  /// An invariant, the property, does not hold.
  [[nodiscard]] bool is_broken(Number state) const;

  /// A step left the range of a variable, or broke a rule of the model: not all runs are known.
  [[nodiscard]] bool is_wrong() const { return is_wrong_; }

 private:
  struct State {
    ir::Valuation values;
    std::vector<Way> ways;
    bool is_expanded = false;
  };

  Number number(ir::Valuation values);
  void expand(Number state);

  const ir::Model& model_;
  int property_;
  std::deque<State> states_;
  std::map<ir::Valuation, Number> numbers_;
  bool is_wrong_ = false;
};

} // namespace stalemate
