#pragma once

#include "checker/ir/model.hpp"
#include "checker/program/simplify.hpp"

#include <vector>

namespace stalemate {

/// True if the alternative can never be enabled where these cells have these values.
[[nodiscard]] bool
is_impossible(const ir::Alternative& alternative, const Known& known, const Ranges& ranges);

/// What is true wherever a process stands, and stays true until it moves: the values of cells that
/// only it writes, and of cells that the others do not write while they have that value. So a lock
/// that it holds is a fact, and so is that it holds a lock together with others.
class Facts {
 public:
  Facts(const ir::Model& model, const Ranges& ranges);

  /// What is true when a process that stands at the step takes the alternative, and what is true of
  /// the same cells right after that.
  struct Change {
    Known before;
    Known after;
  };
  [[nodiscard]] Change change(int process, int step, const ir::Alternative& alternative) const;

  /// By step; behind the last one for the end. Nothing is known of a step that is never reached.
  [[nodiscard]] const Known& at(int process, int step) const {
    return facts_[static_cast<std::size_t>(process)][static_cast<std::size_t>(step)];
  }

 private:
  void find(int process);
  [[nodiscard]] Change change(const ir::Alternative& alternative, const Known& known) const;
  [[nodiscard]] bool is_kept(int process, const ir::Cell& cell, int value) const;

  const ir::Model& model_;
  const Ranges& ranges_;
  std::vector<std::map<ir::Cell, std::vector<const ir::Alternative*>>> writers_; ///< By process.
  std::vector<std::vector<Known>> facts_;
};

} // namespace stalemate
