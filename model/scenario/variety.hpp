// What there is to go through of a subsystem: its small layouts, and where in one a process can be.
#pragma once

#include "model/scenario/json_text.hpp"
#include "model/scenario/subsystem.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace stalemate::kernel {

/// What is varied that otherwise is as usual: names of numbers of the layout, of lists, and of
/// options.
using Varied = std::set<std::string>;

struct SmallLayout {
  Json section;
  std::string start; ///< What a race in it starts from, in a few words: "hole, copy delalloc".
};

/// The values that options have in a layout.
struct Room {
  std::map<std::string, int> highest;     ///< By option: the last one that has a meaning there.
  std::map<std::string, int> lowest = {}; ///< By option: the first one, where it is not the least.
  std::set<std::string> places; ///< Of those the ones that are always varied; others on request.
  std::string length; ///< Counts from the place `at` on, and goes no further than the highest `at`.
};

/// The layouts of a subsystem, up to what means the same.
struct Variety {
  std::string unit; ///< What their size counts: block. Empty: they have no size.
  /// All of this size, the simple ones first. Whether one can exist is the model's to say.
  std::function<std::vector<SmallLayout>(int size, const Varied& varied)> layouts;
  std::function<Room(const Json& section)> room;
  std::vector<std::string> lists = {};   ///< That a layout has only if they are varied.
  std::vector<std::string> numbers = {}; ///< Of a layout, that are as usual unless varied.
  /// Whether a layout can exist does not depend on what runs.
  bool is_judged_alone = true;
};

/// Every sequence of so many numbers below `values`, in ascending order.
[[nodiscard]] std::vector<std::vector<int>> sequences(int length, int values);

/// Nothing of a subsystem that has no layouts to go through.
[[nodiscard]] const Variety* variety_of(const Subsystem& subsystem);

} // namespace stalemate::kernel
