#pragma once

#include "checker/program/spots.hpp"

#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace stalemate {

/// True if the alternative can never be taken to its end where these cells have these values: it is
/// not enabled, or one of its checks fails.
[[nodiscard]] bool
is_impossible(const ir::Alternative& alternative, const Known& known, const Ranges& ranges);

/// What is known after an effect. False if the value is none that the cell can ever have: then the
/// effect leaves its range, nothing is stored, and the alternative does not come to its end.
[[nodiscard]] bool apply(const ir::Effect& effect, Known& known, const Ranges& ranges);

/// What is true wherever a process stands, and stays true until it moves: the values of cells that
/// only it writes, and of cells that the others do not write while they have that value. So a lock
/// that it holds is a fact, and so is that it holds a lock together with others.
///
/// Where a process stands is told by spots, so that of an array of locks it is known which one is
/// held: cells that only the process writes and that it uses as indexes are part of the spot, as
/// long as there are few of them.
class Facts {
 public:
  Facts(const ir::Model& model, const Layout& layout);

  [[nodiscard]] const Spots& spots(int process) const {
    return spots_[static_cast<std::size_t>(process)];
  }

  /// What is true when a process that stands at the spot takes the alternative, and what is true of
  /// the same cells right after that, if it comes to that.
  struct Change {
    Known before;
    std::optional<Known> after;
  };
  [[nodiscard]] Change
  change(int process, std::size_t spot, const ir::Alternative& alternative) const;

  /// Nothing is known of a spot that is never reached.
  [[nodiscard]] const Known& at(int process, std::size_t spot) const {
    return facts_[static_cast<std::size_t>(process)][spot];
  }
  [[nodiscard]] bool is_reached(int process, std::size_t spot) const {
    return !at(process, spot).empty();
  }
  /// The spots to which an alternative of a spot leads; none if it never comes to its end.
  [[nodiscard]] std::vector<std::size_t>
  targets(int process, std::size_t spot, const ir::Alternative& alternative) const;

 private:
  [[nodiscard]] std::vector<ir::Cell> indexes_of(const ir::Process& process, int number) const;
  void find(int process);
  [[nodiscard]] Change change(const ir::Alternative& alternative, const Known& known) const;
  [[nodiscard]] bool
  may_write(const ir::Alternative& alternative, const ir::Cell& cell, Known known) const;
  [[nodiscard]] bool may_overwrite(std::size_t process, const ir::Cell& cell, int value) const;
  [[nodiscard]] bool is_kept(int process, const ir::Cell& cell, int value) const;

  const ir::Model& model_;
  const Ranges& ranges_;
  std::vector<std::map<ir::Cell, std::vector<const ir::Alternative*>>> writers_; ///< By process.
  std::vector<Spots> spots_;                                                     ///< By process.
  std::vector<std::vector<Known>> facts_;
  mutable std::map<std::pair<ir::Cell, int>, std::vector<bool>> kept_;
};

} // namespace stalemate
