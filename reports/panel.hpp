// The values beside the steps of a picture: one strip per cell, as long as the trace, with a new
// field wherever the value changes.
#pragma once

#include "reports/sheet.hpp"
#include "reports/world.hpp"

#include <vector>

namespace stalemate::report {

/// Heights at which the moments of a trace start.
struct Moments {
  double header_bottom = 0;
  std::vector<double> tops; ///< Of moment 0, before the first step, and of every step.
  double final_top = 0;     ///< Of the row that repeats the values at the end.
};

class Panel {
 public:
  static constexpr double row_height = 15; ///< Of a row that holds one value.

  explicit Panel(std::vector<Strip> strips);

  [[nodiscard]] bool is_empty() const { return strips_.empty(); }
  [[nodiscard]] double width() const { return width_; }
  [[nodiscard]] double header_height() const;

  void draw(Sheet& sheet, double left, const Moments& moments) const;

 private:
  std::vector<Strip> strips_;
  std::vector<double> widths_;
  double width_ = 0;
};

} // namespace stalemate::report
