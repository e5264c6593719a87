#include "model/tests/knob_pairs.hpp"

#include "checker/ir/identity.hpp"
#include "checker/ir/validate.hpp"
#include "model/scenario/build_model.hpp"
#include "model/scenario/cast.hpp"
#include "model/tests/library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <sstream>
#include <utility>

namespace stalemate::kernel {

namespace {

int usual_value(const Knob& knob) {
  return knob.name == version_knob_name ? knob.initial : knob.value_in(newest);
}

const Knob& knob_of(const Subsystem& subsystem, const std::string& name) {
  const auto at = std::ranges::find(subsystem.knobs, name, &Knob::name);
  if (at == subsystem.knobs.end()) throw std::logic_error("no knob " + name);
  return *at;
}

std::string text_of(const ProcessSpec& process) {
  std::string text = process.path;
  for (const auto& [option, value] : process.options)
    text += fmt::format(",{}={}", option, value);
  return text;
}

} // namespace

std::vector<Setting> settings_of(const Subsystem& subsystem) {
  std::vector<Setting> all;
  for (const Knob& knob : subsystem.knobs) {
    std::set<int> values{knob.low, knob.low + 1, knob.high};
    if (knob.type == Knob::Type::words) values.clear();
    for (std::size_t i = 0; i < knob.values.size(); ++i)
      values.insert(static_cast<int>(i));
    for (const int value : values)
      if (value != usual_value(knob)) all.push_back({&knob, value});
  }
  return all;
}

Bases::Bases(const Subsystem& subsystem) {
  std::set<std::uint64_t> seen;
  for (const ScenarioFile& file : library()) {
    for (Scenario scenario : file.scenarios()) {
      if (scenario.subsystem != &subsystem || !scenario.own.empty()) continue;
      scenario.properties.clear();
      for (const ProcessSpec& process : scenario.processes)
        processes_.try_emplace(text_of(process), process);
      const Built model = built(scenario);
      if (!model.model || !seen.insert(ir::identity(*model.model)).second) continue;
      by_title_.try_emplace(title_of(scenario), scenarios_.size());
      scenarios_.push_back(std::move(scenario));
    }
  }
}

std::vector<std::string> Bases::processes_of(const std::string& path) const {
  std::vector<std::string> result;
  for (const auto& [text, process] : processes_)
    if (process.path == path) result.push_back(text);
  return result;
}

std::optional<Scenario> Bases::scenario_of(const Row& row) const {
  const auto at = by_title_.find(row.base);
  if (at == by_title_.end()) return std::nullopt;
  Scenario scenario = scenarios_[at->second];
  scenario.kernel = row.kernel;
  if (row.more.empty()) return scenario;
  const auto process = processes_.find(row.more);
  if (process == processes_.end()) return std::nullopt;
  scenario.processes.push_back(process->second);
  scenario.processes.back().name.clear();
  return scenario;
}

Built built(const Scenario& scenario) {
  try {
    return {ir::without_warnings(build_model(scenario))};
  } catch (const ScenarioError& error) {
    return {std::nullopt, error.what(), error.pointer()};
  }
}

Together::Together(const Subsystem& subsystem)
    : settings_(settings_of(subsystem)),
      met_(settings_.size(), std::vector<bool>(settings_.size())) {}

std::vector<std::size_t> Together::in(const Row& row) const {
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < settings_.size(); ++i) {
    const auto set = row.kernel.find(settings_[i].knob->name);
    if (set != row.kernel.end() && set->second == settings_[i].value) result.push_back(i);
  }
  return result;
}

void Together::add(const Row& row) {
  const auto here = in(row);
  for (const std::size_t one : here)
    for (const std::size_t other : here)
      met_[one][other] = true;
}

int Together::gain_of(const Row& row) const {
  const auto here = in(row);
  int gain = 0;
  for (std::size_t i = 0; i < here.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      gain += met_[here[i]][here[j]] ? 0 : 1;
  return gain;
}

bool Together::have_met(std::size_t one, std::size_t other) const {
  return met_[one][other];
}

std::string text_of(const Covering& covering, const Subsystem& subsystem) {
  std::string text;
  for (const Row& row : covering.rows) {
    text += row.base + (row.more.empty() ? "" : " + " + row.more) + ":";
    for (const auto& [knob, value] : row.kernel)
      text += fmt::format(" {}={}", knob, knob_of(subsystem, knob).value_name(value));
    text += "\n";
  }
  for (const auto& [knobs, reasons] : covering.apart)
    for (const auto& [reason, count] : reasons)
      text += fmt::format("never: {}: {}: {}\n", knobs, count, reason);
  return text;
}

namespace {

/// What stands before the mark, which is taken away with it.
std::string before(std::string& line, const std::string& mark) {
  const auto end = line.find(mark);
  if (end == std::string::npos) throw std::logic_error("no " + mark + " in " + line);
  std::string result = line.substr(0, end);
  line.erase(0, end + mark.size());
  return result;
}

} // namespace

Covering covering_from(const std::string& text, const Subsystem& subsystem) {
  Covering result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::string first = before(line, ":");
    if (first == "never") {
      line.erase(0, 1);
      const std::string knobs = before(line, ": ");
      const int count = std::stoi(before(line, ": "));
      result.apart[knobs][line] = count;
      continue;
    }
    Row row;
    row.base = first;
    if (const auto plus = first.find(" + "); plus != std::string::npos) {
      row.base = first.substr(0, plus);
      row.more = first.substr(plus + 3);
    }
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      const std::string knob = before(word, "=");
      row.kernel[knob] = knob_of(subsystem, knob).value_of(word);
    }
    result.rows.push_back(row);
  }
  return result;
}

} // namespace stalemate::kernel
