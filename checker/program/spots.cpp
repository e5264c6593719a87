#include "checker/program/spots.hpp"

#include "checker/program/ensure.hpp"

namespace stalemate {

namespace {

int value_of(const ir::Cell& cell, const ir::Valuation& state) {
  return state[static_cast<std::size_t>(cell.variable)][static_cast<std::size_t>(cell.index)];
}

} // namespace

Spots::Spots(const ir::Process& process, const std::vector<ir::Cell>& cells, const Layout& layout)
    : location_cell_{process.location, 0}, location_(layout.field(location_cell_)),
      finished_(process.steps.size()) {
  for (const ir::Cell& cell : cells) {
    const ir::Range& range = layout.ranges().of(cell);
    const auto values = static_cast<int>(range.high - range.low + 1);
    digits_.push_back({cell, layout.field(cell), values, per_step_});
    per_step_ *= static_cast<std::size_t>(values);
  }
}

std::size_t Spots::at(const ir::Valuation& state) const {
  auto spot = static_cast<std::size_t>(value_of(location_cell_, state)) * per_step_;
  for (const Digit& digit : digits_)
    spot += static_cast<std::size_t>(value_of(digit.cell, state) - digit.field.low) * digit.weight;
  return spot;
}

Known Spots::values(std::size_t spot) const {
  Known known{{location_cell_, static_cast<int>(step(spot))}};
  for (const Digit& digit : digits_) {
    const auto number = spot / digit.weight % static_cast<std::size_t>(digit.values);
    known[digit.cell] = digit.field.low + static_cast<int>(number);
  }
  return known;
}

std::vector<std::size_t> Spots::with(std::size_t step, const Known& known) const {
  std::vector<std::size_t> spots{step * per_step_};
  for (const Digit& digit : digits_) {
    const auto found = known.find(digit.cell);
    const int first = found != known.end() ? found->second - digit.field.low : 0;
    const int end = found != known.end() ? first + 1 : digit.values;
    ensure(0 <= first && end <= digit.values, "what is known is a value that the cell can have");
    std::vector<std::size_t> more;
    for (const std::size_t spot : spots)
      for (int value = first; value < end; ++value)
        more.push_back(spot + static_cast<std::size_t>(value) * digit.weight);
    spots = std::move(more);
  }
  return spots;
}

} // namespace stalemate
