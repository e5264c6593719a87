#include "model/scenario/describe.hpp"

#include "model/scenario/cast.hpp"
#include "model/scenario/fairness_words.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel {

namespace {

std::string scalar_words(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  return value.dump();
}

std::string joined_words(const Json& value, const char* separator);

// Where an item is a list or an object, only parentheses keep it together.
std::string item_words(const Json& value) {
  return value.is_structured() ? "(" + joined_words(value, ", ") + ")" : scalar_words(value);
}

std::string member_words(const std::string& key, const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? key : "not " + key;
  if (value.is_object()) return key + " " + item_words(value);
  return key + " " + joined_words(value, ", ");
}

std::string joined_words(const Json& value, const char* separator) {
  if (!value.is_structured()) return scalar_words(value);
  std::string words;
  for (const auto& [key, member] : value.items()) {
    if (!words.empty()) words += value.is_object() ? separator : " ";
    words += value.is_object() ? member_words(key, member) : item_words(member);
  }
  return words;
}

// The version, if it is one, then in what it differs from it: "v6.18, iomap_valid=none".
std::string kernel_words(const Scenario& scenario) {
  const Version version = version_of(scenario.kernel);
  std::string words;
  const auto is_another = [&](const Knob& knob) {
    const auto set = scenario.kernel.find(knob.name);
    return knob.is_beside_versions && set != scenario.kernel.end() && set->second != knob.initial;
  };
  const bool is_release = std::ranges::none_of(scenario.subsystem->knobs, is_another);
  for (const Knob& knob : scenario.subsystem->knobs) {
    const auto set = scenario.kernel.find(knob.name);
    if (knob.name == version_knob_name)
      words += is_release ? name_of(version) : "";
    else if (set != scenario.kernel.end() && set->second != knob.value_in(version))
      words += (words.empty() ? "" : ", ") + knob.name + "=" + knob.value_name(set->second);
  }
  return words.empty() ? "as it is by default" : words;
}

std::string process_words(const Cast& process, const ProcessSpec& spec) {
  std::string words;
  for (const auto& [option, value] : spec.options)
    words += fmt::format("{} {} {}", words.empty() ? "" : ",", option, value);
  if (spec.fairness)
    words += fmt::format("{} fairness {}",
                         words.empty() ? "" : ",",
                         fairness_words()[static_cast<std::size_t>(*spec.fairness)].name);
  return process.name + " " + (process.own.empty() ? process.path : process.own) + words;
}

std::string values_words(const own::Variable& variable) {
  using enum own::Variable::Kind;
  switch (variable.kind) {
  case number:
    return fmt::format("{}..{}", variable.low, variable.high);
  case flag:
    return "no|yes";
  case named:
    return fmt::to_string(fmt::join(variable.values, "|"));
  case lock:
    return "lock";
  case shared_lock:
    break;
  }
  return "shared lock";
}

// "zswap.entry[0..1] none|old|new, zswap.tree no|yes"
std::string state_words(const std::vector<own::Variable>& state) {
  std::string words;
  for (const own::Variable& variable : state)
    words += fmt::format("{}{}{} {}",
                         words.empty() ? "" : ", ",
                         variable.name,
                         variable.count ? fmt::format("[0..{}]", *variable.count - 1) : "",
                         values_words(variable));
  return words;
}

// "zap, late_write (like buffered_write)"
std::string paths_words(const std::vector<own::Path>& paths) {
  std::string words;
  for (const own::Path& path : paths)
    words += fmt::format("{}{}{}",
                         words.empty() ? "" : ", ",
                         path.name,
                         path.like.empty() ? "" : fmt::format(" (like {})", path.like));
  return words;
}

std::string processes_words(const Scenario& scenario) {
  std::string words;
  const std::vector<Cast> cast = cast_of(scenario, scenario.subsystem->paths);
  for (std::size_t i = 0; i < cast.size(); ++i) {
    if (i > 0) words += "; ";
    words += process_words(cast[i], scenario.processes[i]);
  }
  return words;
}

} // namespace

std::string in_words(const Json& section) {
  return joined_words(section, "; ");
}

Description describe(const Scenario& scenario) {
  Description description{{"kernel", kernel_words(scenario)},
                          {scenario.subsystem->section, scenario.layout_words},
                          {"processes", processes_words(scenario)}};
  if (!scenario.own.state.empty())
    description.emplace_back("state", state_words(scenario.own.state));
  if (!scenario.own.paths.empty())
    description.emplace_back("paths", paths_words(scenario.own.paths));
  return description;
}

} // namespace stalemate::kernel
