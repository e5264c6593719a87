#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

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

namespace {

bool runs_any(const std::vector<ProcessSpec>& processes, const std::vector<std::string>& paths) {
  return std::ranges::any_of(processes, [&](const ProcessSpec& process) {
    return std::ranges::any_of(paths, [&](const std::string& path) { return process.runs(path); });
  });
}

} // namespace

bool PropertyEntry::is_usual(const std::vector<ProcessSpec>& processes) const {
  return !on_request && (checked_by.empty() || runs_any(processes, checked_by));
}

std::string PropertyEntry::why_vacuous(const std::vector<ProcessSpec>& processes) const {
  const bool runs = checked_by.empty() || runs_any(processes, checked_by);
  std::string why = fmt::format("nothing here can break {}", name);
  if (!runs) why += fmt::format(": no process runs {}", fmt::join(checked_by, " or "));
  if (!takes.empty()) why += fmt::format("{} takes {}", runs ? ": that" : ", and it", takes);
  return why;
}

std::string not_of(const Subsystem& subsystem, const std::string& property) {
  std::vector<std::string> owners;
  for (const Subsystem& one : subsystems())
    if (std::ranges::find(one.properties, property, &PropertyEntry::name) != one.properties.end())
      owners.push_back(fmt::format("\"{}\"", one.section));
  if (owners.empty()) return "there is no such claim here: another variant brings it along";
  return fmt::format("this claim goes with {}, and this scenario has \"{}\"",
                     fmt::join(owners, " and "),
                     subsystem.section);
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
