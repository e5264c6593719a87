#pragma once

#include "checker/program/layout.hpp"
#include "checker/program/simplify.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stalemate {

/// Where a process stands, told more exactly than by its step: a spot is a step and the values of
/// some cells that only the process writes, such as the number of the folio that it is at. Spots
/// are numbered from 0; those of a step follow each other.
class Spots {
 public:
  Spots(const ir::Process& process, const std::vector<ir::Cell>& cells, const Layout& layout);

  [[nodiscard]] std::size_t count() const { return (finished_ + 1) * per_step_; }
  [[nodiscard]] std::size_t per_step() const { return per_step_; }
  [[nodiscard]] std::size_t step(std::size_t spot) const { return spot / per_step_; }

  /// The spot of the process in a state.
  [[nodiscard]] std::size_t at(const Word* state) const {
    auto spot = static_cast<std::size_t>(location_.value(state)) * per_step_;
    for (const Digit& digit : digits_)
      spot += ((state[digit.field.word] >> digit.field.shift) & digit.field.mask()) * digit.weight;
    return spot;
  }
  [[nodiscard]] std::size_t at(const ir::Valuation& state) const;

  /// The values that a spot stands for.
  [[nodiscard]] Known values(std::size_t spot) const;
  /// The spots of a step where the cells have these values; a cell that is not known has any.
  [[nodiscard]] std::vector<std::size_t> with(std::size_t step, const Known& known) const;

 private:
  struct Digit {
    ir::Cell cell;
    Field field;
    int values = 1;
    std::size_t weight = 1; ///< What the cell's value counts in the number of the spot.
  };

  ir::Cell location_cell_;
  Field location_;
  std::size_t finished_;
  std::size_t per_step_ = 1;
  std::vector<Digit> digits_;
};

} // namespace stalemate
