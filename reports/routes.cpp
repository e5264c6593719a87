#include "reports/routes.hpp"

#include <algorithm>

namespace stalemate::report {

namespace {

constexpr double track_distance = 4;
constexpr double arrival_first = 9; ///< From the upper edge of the box.
constexpr double arrival_distance = 8;
constexpr double crossing_distance = 8;

bool overlap(const std::pair<double, double>& a, const std::pair<double, double>& b) {
  return a.first < b.second && b.first < a.second;
}

} // namespace

std::vector<Point> Routes::down(int source, int target) {
  const Stop& from = stops_[static_cast<std::size_t>(source)];
  const Stop& to = stops_[static_cast<std::size_t>(target)];
  // From the right into the right side, unless a box that reaches beyond its lane is in the way.
  const double right = to.area.right() + lanes_.gutter / 2;
  const bool into_left = from.lane <= to.lane || !is_free(right, source, target);
  const bool out_of_left = from.lane >= to.lane;
  const double out = from.area.middle();
  const int arrived = arrivals_[{target, into_left}]++;
  const double in =
      std::min(to.area.top + arrival_first + arrival_distance * arrived, to.area.bottom() - 3);
  const double x = track(to.lane, into_left, {out, in});
  return {{out_of_left ? from.area.left : from.area.right(), out},
          {x, out},
          {x, in},
          {into_left ? to.area.left : to.area.right(), in}};
}

bool Routes::is_free(double x, int source, int target) const {
  return std::none_of(stops_.begin() + source + 1, stops_.begin() + target, [&](const Stop& s) {
    return s.area.left < x + track_distance && x - track_distance < s.area.right();
  });
}

std::vector<Point> Routes::below(const Stop& from, const Stop& to) {
  const double side = from.lane < to.lane ? 1 : -1;
  // The deeper, the wider: one nests in the other.
  const double inset = std::max(20.0 - crossing_distance * crossings_, 4.0);
  const double start = lanes_.centre_of(from.lane) + side * inset;
  const double end = lanes_.centre_of(to.lane) - side * inset;
  const double y =
      std::max(from.area.bottom(), to.area.bottom()) + crossing_distance * (1 + crossings_++);
  return {{start, from.area.bottom()}, {start, y}, {end, y}, {end, to.area.bottom()}};
}

/// The middle of the gutter first, then alternately left and right of it.
double Routes::track(std::size_t lane, bool at_left, Interval taken) {
  // Where boxes keep to their lanes, the right of one is the left of the next.
  const bool is_shared = !at_left && lanes_.reach == 0;
  auto& tracks = tracks_[{is_shared ? lane + 1 : lane, at_left || is_shared}];
  const auto found = std::ranges::find_if(tracks, [&](const std::vector<Interval>& others) {
    return std::ranges::none_of(others, [&](const Interval& i) { return overlap(i, taken); });
  });
  const auto number = static_cast<std::size_t>(found - tracks.begin());
  if (found == tracks.end()) tracks.emplace_back();
  tracks[number].push_back(taken);
  const double side = number % 2 == 0 ? -1 : 1;
  const std::size_t distance = (number + 1) / 2;
  const double edge = at_left ? lanes_.left_of(lane) - lanes_.gutter / 2
                              : lanes_.left_of(lane) + lanes_.box_width() + lanes_.gutter / 2;
  return edge + side * track_distance * static_cast<double>(distance);
}

} // namespace stalemate::report
