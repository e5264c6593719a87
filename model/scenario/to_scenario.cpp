#include "model/scenario/to_scenario.hpp"

#include "model/own/read.hpp"
#include "model/scenario/describe.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/fairness_words.hpp"
#include "model/scenario/subsystem.hpp"

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

const Subsystem& subsystem_of(const Json& document) {
  return *std::ranges::find_if(
      subsystems(), [&](const Subsystem& one) { return document.contains(one.section); });
}

// Refuses the word of another subsystem, and one that only another variant brings along: which
// words a file may have is known before that which variant has them.
template <typename Entry>
void check_belongs(const Subsystem& subsystem,
                   std::vector<Entry> Subsystem::*entries,
                   const std::string& noun,
                   const std::string& name,
                   const std::string& pointer) {
  const auto has_it = [&](const Subsystem& one) {
    return std::ranges::find(one.*entries, name, &Entry::name) != (one.*entries).end();
  };
  if (has_it(subsystem)) return;
  const auto owner = std::ranges::find_if(subsystems(), has_it);
  if (owner == subsystems().end())
    throw ScenarioError(pointer,
                        fmt::format("there is no {} {} here: another variant brings it along",
                                    noun,
                                    excerpt(name)));
  throw ScenarioError(pointer,
                      fmt::format("the {} {} goes with \"{}\", and this scenario has \"{}\"",
                                  noun,
                                  excerpt(name),
                                  owner->section,
                                  subsystem.section));
}

int knob_value(const Knob& knob, const Json& value) {
  switch (knob.type) {
  case Knob::Type::words:
    return index_of(knob.values, value);
  case Knob::Type::number:
    return value.get<int>();
  case Knob::Type::boolean:
    break;
  }
  return value.get<bool>() ? 1 : 0;
}

std::vector<ProcessSpec>
processes(const Json& list, const Subsystem& subsystem, const std::vector<own::Path>& own_paths) {
  std::vector<ProcessSpec> result;
  std::set<std::string> names;
  for (const Json& process : list) {
    ProcessSpec spec;
    for (const auto& [key, value] : process.items()) {
      if (key == "name")
        spec.name = value.get<std::string>();
      else if (key == "path")
        spec.path = value.get<std::string>();
      else if (key == "fairness")
        spec.fairness = static_cast<ir::Fairness>(index_of(fairness_words(), value));
      else
        spec.options[key] = value.get<int>();
    }
    const std::string pointer = below("/processes", result.size()) + "/path";
    const auto own = std::ranges::find(own_paths, spec.path, &own::Path::name);
    if (own != own_paths.end()) {
      spec.own = own->name;
      spec.path = own->like;
    }
    if (!spec.path.empty()) {
      check_belongs(subsystem,
                    &Subsystem::paths,
                    "path",
                    spec.path,
                    spec.own.empty() ? pointer : own->pointer + "/like");
      spec.like = std::ranges::find(subsystem.paths, spec.path, &PathEntry::name)->like;
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
  const auto& claims = scenario.own.claims;
  if (std::ranges::find(claims, property, &own::Claim::name) != claims.end()) return true;
  const auto& entries = scenario.subsystem->properties;
  const auto entry = std::ranges::find(entries, property, &PropertyEntry::name);
  return entry != entries.end() && entry->is_usual(scenario.processes);
}

// Of a scenario that is complete but for its expectation.
Expectation expectation(const Json& document, const Scenario& scenario) {
  Expectation result;
  if (!document.contains("expect")) return result;
  result.stated = true;
  const Json& expect = document["expect"];
  if (expect.is_string()) return result;

  using Outcome = Expectation::Outcome;
  for (const auto& [key, outcome] : {std::pair("violated", Outcome::violated),
                                     std::pair("latent", Outcome::latent),
                                     std::pair("livelock", Outcome::livelock),
                                     std::pair("starvation", Outcome::starvation),
                                     std::pair("stuck", Outcome::stuck),
                                     std::pair("unreachable", Outcome::unreachable)}) {
    if (!expect.contains(key)) continue;
    result.outcome = outcome;
    result.property = expect[key].get<std::string>();
    if (!is_checked(result.property, scenario))
      throw ScenarioError(
          below("/expect", key),
          fmt::format("{} is not among the properties that are checked", excerpt(result.property)));
  }
  result.process = text_or_empty(expect, "process");
  result.loop = count_if_there(expect, "loop");
  if (expect.contains("deadlock")) {
    result.outcome = Expectation::Outcome::deadlock;
    result.cycle = texts(expect, "deadlock");
    std::ranges::sort(result.cycle);
  }
  result.length = count_if_there(expect, "length");
  result.states = count_if_there(expect, "states");
  result.transitions = count_if_there(expect, "transitions");
  result.depth = count_if_there(expect, "depth");
  result.executions = count_if_there(expect, "executions");
  result.through = texts(expect, "through");
  result.never_taken = texts(expect, "never_taken");
  return result;
}

std::optional<std::vector<Version>> affected_versions(const Json& document) {
  const auto list = document.find("affects");
  if (list == document.end()) return std::nullopt;
  std::vector<Version> affected;
  for (const Json& version : *list)
    affected.push_back(static_cast<Version>(index_of(versions(), version)));
  std::ranges::sort(affected);
  return affected;
}

} // namespace

KnobValues knob_values(const Json& values, const Subsystem& subsystem) {
  KnobValues result;
  for (const auto& [name, value] : values.items()) {
    check_belongs(subsystem, &Subsystem::knobs, "knob", name, below("/kernel", name));
    result[name] = knob_value(*std::ranges::find(subsystem.knobs, name, &Knob::name), value);
  }
  return result;
}

Scenario to_scenario(const Json& document, const std::string& variant) {
  Scenario scenario;
  scenario.id = document["id"].get<std::string>();
  scenario.title = document["title"].get<std::string>();
  scenario.source = text_or_empty(document, "source");
  scenario.variant = variant;
  scenario.notes = text_or_empty(document, "notes");
  const Subsystem& subsystem = subsystem_of(document);
  scenario.subsystem = &subsystem;
  scenario.layout = subsystem.read_layout(document[subsystem.section]);
  scenario.layout_words = in_words(document[subsystem.section]);
  if (document.contains("kernel")) scenario.kernel = knob_values(document["kernel"], subsystem);
  scenario.own = own::read(document);
  scenario.processes = processes(document["processes"], subsystem, scenario.own.paths);
  scenario.properties = texts(document, "properties");
  scenario.expect = expectation(document, scenario);
  scenario.affects = affected_versions(document);
  return scenario;
}

} // namespace stalemate::kernel
