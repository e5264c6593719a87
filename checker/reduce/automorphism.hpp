#pragma once

#include "checker/program/ranges.hpp"
#include "checker/reduce/diagrams.hpp"
#include "checker/reduce/renaming.hpp"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace stalemate {

/// By process, step and alternative: the number of the alternative in the image of the step.
using AlternativeImages = std::vector<std::vector<std::vector<int>>>;

/// Proves that a renaming that is its own inverse maps a model onto itself: its initial state, the
/// alternatives of every step (when they are enabled, what they check, what they write, where they
/// lead), and its claims. Functions are compared, not their texts, on all values that the cells can
/// take. Then states that it maps onto each other are reached alike and break the same claims.
/// Claims about runs are not looked at.
///
/// Initial values that nobody reads may differ, such as the object that a process has not yet
/// chosen. Then every value must have its image among those that the cell there can take.
class Automorphism {
 public:
  Automorphism(const ir::Model& model, const Ranges& ranges);

  /// Nothing if there is no proof.
  [[nodiscard]] std::optional<AlternativeImages> prove(const Renaming& renaming);

  /// Is the initial state its own image, with what nobody reads?
  [[nodiscard]] bool keeps_initial(const Renaming& renaming) const;
  /// Has every value of every cell its image among those that the cell there can take?
  [[nodiscard]] bool keeps_ranges(const Renaming& renaming) const;

 private:
  /// What an alternative means: functions, and cells by their number. Equal ones do the same.
  using Meaning = std::vector<std::int64_t>;
  using Functions = std::map<ir::Cell, Diagrams::Id>;
  /// By a renaming, or as things are.
  using View = const Renaming*;

  [[nodiscard]] bool touches(const Renaming& renaming, const ir::Cell& cell) const;
  [[nodiscard]] bool touches(const Renaming& renaming,
                             const ir::Process& process,
                             const ir::Alternative& alternative) const;
  [[nodiscard]] bool has_few_values(const Renaming& renaming) const;
  [[nodiscard]] bool nearly_keeps_initial(const Renaming& renaming) const;
  [[nodiscard]] bool keeps_claims(const Renaming& renaming);
  [[nodiscard]] std::optional<std::vector<int>>
  images_at(const Renaming& renaming, std::size_t process, std::size_t step);

  [[nodiscard]] Meaning meaning(const ir::Alternative& alternative, View view);
  [[nodiscard]] Diagrams::Id function(const ir::ExpressionPtr& e, const Functions& now, View view);
  [[nodiscard]] Diagrams::Id load(const ir::Expression& e, const Functions& now, View view);
  [[nodiscard]] Diagrams::Id read(const ir::Cell& cell, const Functions& now, View view);
  /// Assigns; returns where the value leaves the variable's range.
  [[nodiscard]] Diagrams::Id run(const ir::Effect& effect, Functions& now, View view);
  [[nodiscard]] int number(const ir::Cell& cell) const;

  const ir::Model& model_;
  const Ranges& ranges_;
  Diagrams diagrams_;
  std::set<ir::Cell> dead_at_start_;
  std::vector<int> first_;                          ///< By variable: number of its first cell.
  std::map<const ir::Alternative*, Meaning> plain_; ///< As things are.
};

} // namespace stalemate
