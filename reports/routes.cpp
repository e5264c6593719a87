#include "reports/routes.hpp"

#include <algorithm>

namespace stalemate::report {

namespace {

constexpr double detour_distance = 4;
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
  const bool into_left = from.lane <= to.lane;
  const bool out_of_left = from.lane >= to.lane;
  const double out = from.area.middle();
  const int arrived = arrivals_[{target, into_left}]++;
  const double in =
      std::min(to.area.top + arrival_first + arrival_distance * arrived, to.area.bottom() - 3);
  const double x = track(into_left ? to.lane : to.lane + 1, {out, in});
  return {{out_of_left ? from.area.left : from.area.right(), out},
          {x, out},
          {x, in},
          {into_left ? to.area.left : to.area.right(), in}};
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

double Routes::gutter_needed() const {
  std::size_t most = 0;
  for (const auto& [gutter, tracks] : tracks_)
    most = std::max(most, tracks.size());
  return 2 * detour_distance * static_cast<double>(most / 2 + 1);
}

/// The middle of the gutter first, then alternately left and right of it.
double Routes::track(std::size_t gutter, Interval taken) {
  auto& tracks = tracks_[gutter];
  const auto found = std::ranges::find_if(tracks, [&](const std::vector<Interval>& others) {
    return std::ranges::none_of(others, [&](const Interval& i) { return overlap(i, taken); });
  });
  const auto number = static_cast<std::size_t>(found - tracks.begin());
  if (found == tracks.end()) tracks.emplace_back();
  tracks[number].push_back(taken);
  const double side = number % 2 == 0 ? -1 : 1;
  const std::size_t distance = (number + 1) / 2;
  const double middle = lanes_.left_of(gutter) - lanes_.gutter / 2;
  return middle + side * detour_distance * static_cast<double>(distance);
}

} // namespace stalemate::report
