#pragma once

#include <map>
#include <string>
#include <vector>

namespace stalemate::kernel {

struct Subsystem;

/// The paths that do something else if a knob is turned, by the knob. A knob that stands for
/// several others is read by whoever reads one of them.
using Readers = std::map<std::string, std::vector<std::string>>;

/// Those of a subsystem. A test compares them with the library.
[[nodiscard]] const Readers& readers_of(const Subsystem& subsystem);

/// Several knobs that the same paths read.
struct ReadTogether {
  std::vector<std::string> knobs;
  std::vector<std::string> paths;
};

[[nodiscard]] inline Readers by_knob(const std::vector<ReadTogether>& table) {
  Readers result;
  for (const ReadTogether& group : table)
    for (const std::string& knob : group.knobs)
      result[knob] = group.paths;
  return result;
}

} // namespace stalemate::kernel
