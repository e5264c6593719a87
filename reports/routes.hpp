// The ways of arrows between boxes that stand in lanes: along the source's own row, where nothing
// else stands, then down the gutter next to the target's lane, into the target's side.
#pragma once

#include "reports/sheet.hpp"

#include <map>
#include <utility>
#include <vector>

namespace stalemate::report {

/// Where the lanes stand.
struct Lanes {
  double left = 0;   ///< Of the first lane's boxes.
  double width = 0;  ///< From the left of one lane to the left of the next.
  double gutter = 0; ///< Between two lanes, where arrows run down.

  [[nodiscard]] double left_of(std::size_t lane) const {
    return left + static_cast<double>(lane) * width;
  }
  [[nodiscard]] double box_width() const { return width - gutter; }
  [[nodiscard]] double centre_of(std::size_t lane) const { return left_of(lane) + box_width() / 2; }
};

/// A box in its lane.
struct Stop {
  std::size_t lane = 0;
  Area area;
};

class Routes {
 public:
  /// `stops` are the boxes from top to bottom, one per row.
  Routes(const Lanes& lanes, std::vector<Stop> stops) : lanes_(lanes), stops_(std::move(stops)) {}

  /// Corners from one row to another further down. Arrows that run side by side get tracks of their
  /// own.
  std::vector<Point> down(int source, int target);

  /// The width of a gutter in which the arrows so far do not touch the boxes.
  [[nodiscard]] double gutter_needed() const;

  /// Corners from a box to another of the same row, below both.
  std::vector<Point> below(const Stop& from, const Stop& to);

 private:
  using Interval = std::pair<double, double>;

  double track(std::size_t gutter, Interval taken);

  Lanes lanes_;
  std::vector<Stop> stops_;
  /// What is taken, by gutter: number i is left of lane i.
  std::map<std::size_t, std::vector<std::vector<Interval>>> tracks_;
  std::map<std::pair<int, bool>, int> arrivals_; ///< At a side of a row's box; true is left.
  int crossings_ = 0;                            ///< Below the last row.
};

} // namespace stalemate::report
