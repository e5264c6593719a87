#include "model/scenario/subsystem.hpp"

#include <algorithm>

namespace stalemate::kernel {

namespace {

template <typename Entry>
std::vector<Entry> all(std::vector<Entry> Subsystem::*entries) {
  std::vector<Entry> result;
  for (const Subsystem& subsystem : subsystems())
    for (const Entry& entry : subsystem.*entries)
      if (std::ranges::find(result, entry.name, &Entry::name) == result.end())
        result.push_back(entry);
  return result;
}

} // namespace

bool PropertyEntry::applies(const std::vector<ProcessSpec>& processes) const {
  return checked_by.empty() || std::ranges::any_of(processes, [&](const ProcessSpec& process) {
           return std::ranges::any_of(checked_by,
                                      [&](const std::string& path) { return process.runs(path); });
         });
}

std::vector<Knob> all_knobs() {
  return all(&Subsystem::knobs);
}

std::vector<PathEntry> all_paths() {
  return all(&Subsystem::paths);
}

std::vector<PropertyEntry> all_properties() {
  return all(&Subsystem::properties);
}

} // namespace stalemate::kernel
