#include "model/scenario/to_scenario.hpp"

#include "model/knobs/knob.hpp"
#include "model/properties/properties.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/layout_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace stalemate::kernel {

namespace {

std::string text_or_empty(const Json& object, const std::string& key) {
  return object.contains(key) ? object[key].get<std::string>() : std::string();
}

std::optional<std::uint64_t> count_if_there(const Json& object, const std::string& key) {
  return object.contains(key) ? std::optional(object[key].get<std::uint64_t>()) : std::nullopt;
}

std::vector<std::string> texts(const Json& object, const std::string& key) {
  return object.contains(key) ? object[key].get<std::vector<std::string>>()
                              : std::vector<std::string>();
}

int index_of(const std::vector<Word>& words, const Json& word) {
  const auto at = std::ranges::find(words, word.get_ref<const std::string&>(), &Word::name);
  return static_cast<int>(at - words.begin());
}

std::vector<Content> contents(const Json& list) {
  std::vector<Content> result;
  for (const Json& word : list)
    result.push_back(static_cast<Content>(index_of(content_words(), word)));
  return result;
}

FileLayout file_layout(const Json& file) {
  FileLayout layout;
  layout.blocks_per_folio = file.value("blocks_per_folio", layout.blocks_per_folio);
  layout.segments_per_block = file.value("segments_per_block", layout.segments_per_block);
  for (const Json& word : file["blocks"])
    layout.blocks.push_back(static_cast<Extent>(index_of(extent_words(), word)));
  for (const Json& folio : file.value("cached", Json::array()))
    layout.cached.push_back({folio["folio"].get<int>(),
                             folio.value("dirty", false),
                             contents(folio.value("data", Json::array()))});
  for (const Json& block : file.value("disk", Json::array()))
    layout.disk.push_back(contents(block));
  if (file.contains("size")) layout.size = file["size"].get<int>();
  return layout;
}

Kernel kernel_variant(const Json& values) {
  Kernel result;
  for (const Knob& knob : knobs()) {
    if (!values.contains(knob.name)) continue;
    const Json& value = values[knob.name];
    switch (knob.type) {
    case Knob::Type::words:
      knob.set(result, index_of(knob.values, value));
      break;
    case Knob::Type::number:
      knob.set(result, value.get<int>());
      break;
    case Knob::Type::boolean:
      knob.set(result, value.get<bool>() ? 1 : 0);
      break;
    }
  }
  return result;
}

std::vector<ProcessSpec> processes(const Json& list) {
  std::vector<ProcessSpec> result;
  std::set<std::string> names;
  for (const Json& process : list) {
    ProcessSpec spec;
    for (const auto& [key, value] : process.items()) {
      if (key == "name")
        spec.name = value.get<std::string>();
      else if (key == "path")
        spec.path = value.get<std::string>();
      else
        spec.options[key] = value.get<int>();
    }
    if (!spec.name.empty() && !names.insert(spec.name).second)
      throw ScenarioError(below("/processes", result.size()) + "/name",
                          fmt::format("{} is given twice", excerpt(spec.name)));
    result.push_back(std::move(spec));
  }
  return result;
}

bool is_checked(const std::string& property, const Scenario& scenario) {
  const auto& listed = scenario.properties;
  if (!listed.empty()) return std::ranges::find(listed, property) != listed.end();
  const auto entry = std::ranges::find(properties(), property, &PropertyEntry::name);
  return entry->applies(scenario);
}

// Of a scenario that is complete but for its expectation.
Expectation expectation(const Json& document, const Scenario& scenario) {
  Expectation result;
  if (!document.contains("expect")) return result;
  result.stated = true;
  const Json& expect = document["expect"];
  if (expect.is_string()) return result;

  if (expect.contains("violated")) {
    result.outcome = Expectation::Outcome::violated;
    result.property = expect["violated"].get<std::string>();
    if (!is_checked(result.property, scenario))
      throw ScenarioError(
          "/expect/violated",
          fmt::format("{} is not among the properties that are checked", excerpt(result.property)));
  }
  if (expect.contains("deadlock")) {
    result.outcome = Expectation::Outcome::deadlock;
    result.cycle = texts(expect, "deadlock");
    std::ranges::sort(result.cycle);
  }
  result.length = count_if_there(expect, "length");
  result.states = count_if_there(expect, "states");
  result.transitions = count_if_there(expect, "transitions");
  result.depth = count_if_there(expect, "depth");
  result.through = texts(expect, "through");
  result.never_taken = texts(expect, "never_taken");
  return result;
}

} // namespace

Scenario to_scenario(const Json& document, const std::string& variant) {
  Scenario scenario;
  scenario.id = document["id"].get<std::string>();
  scenario.title = document["title"].get<std::string>();
  scenario.source = text_or_empty(document, "source");
  scenario.variant = variant;
  scenario.notes = text_or_empty(document, "notes");
  scenario.file = file_layout(document["file"]);
  if (document.contains("kernel")) scenario.kernel = kernel_variant(document["kernel"]);
  scenario.processes = processes(document["processes"]);
  scenario.properties = texts(document, "properties");
  scenario.expect = expectation(document, scenario);
  return scenario;
}

} // namespace stalemate::kernel
