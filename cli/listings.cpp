#include "cli/listings.hpp"

#include "cli/load.hpp"
#include "cli/selection.hpp"
#include "cli/usage.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/format.hpp"
#include "model/scenario/readers.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace stalemate::cli {

namespace {

using kernel::Knob;
using kernel::Shape;
using kernel::Subsystem;
using report::Entry;
using report::EntryPart;
using report::Listing;

std::vector<EntryPart> values(const Knob& knob) {
  const int initial = knob.initial;
  std::vector<EntryPart> parts;
  switch (knob.type) {
  case Knob::Type::words:
    for (std::size_t i = 0; i < knob.values.size(); ++i)
      parts.push_back({knob.values[i].name, knob.values[i].text, static_cast<int>(i) == initial});
    break;
  case Knob::Type::boolean:
    parts = {{"false", "", initial == 0}, {"true", "", initial != 0}};
    break;
  case Knob::Type::number:
    parts = {{fmt::format("{}..{}", knob.low, knob.high), "", false},
             {fmt::format("{}", initial), "", true}};
    break;
  }
  return parts;
}

/// Words that have a listing of their own.
bool is_listed(const Shape& shape) {
  return shape.kind == Shape::Kind::word && shape.noun == "property";
}

/// What may stand at a place: "1..8 items, each one of these words".
std::string allowed(const Shape& shape) {
  using enum Shape::Kind;
  switch (shape.kind) {
  case number:
    return fmt::format("{}..{}", shape.low, shape.high);
  case truth:
    return "true or false";
  case word:
    return is_listed(shape) ? "a claim" : "one of these words";
  case list:
    return fmt::format("{}..{} items, each {}", shape.low, shape.high, allowed(shape.items[0]));
  case object:
    return "an object";
  case map:
    return fmt::format("by {}: {}", shape.noun, allowed(shape.items[0]));
  case either: {
    std::string all;
    for (const Shape& item : shape.items)
      all += (all.empty() ? "" : " or ") + allowed(item);
    return all;
  }
  case name:
    return "a name";
  case yes:
    return "true";
  case text:
    break;
  }
  return "a text";
}

/// What is in lists, under names, or beside a short form.
const Shape& innermost(const Shape& shape) {
  using enum Shape::Kind;
  switch (shape.kind) {
  case list:
  case map:
    return innermost(shape.items[0]);
  case either:
    return innermost(shape.items.back());
  default:
    return shape;
  }
}

/// How what is in it is called behind its name: blocks[], state.NAME.
std::string inside(const Shape& shape) {
  using enum Shape::Kind;
  switch (shape.kind) {
  case list:
    return "[]" + inside(shape.items[0]);
  case map:
    return ".NAME" + inside(shape.items[0]);
  case either:
    return inside(shape.items.back());
  default:
    return "";
  }
}

/// Who must be there; empty if nobody must.
std::string need(const kernel::Member& member) {
  using enum kernel::Member::Need;
  switch (member.need) {
  case optional:
    return "";
  case one_of_merged:
    return "one of those that say so";
  case merged:
  case always:
    break;
  }
  return "always";
}

Entry entry_of(const kernel::Member& member, const std::string& prefix, const std::string& group) {
  Entry entry{prefix + member.name, member.text, "", {}, group, {}};
  entry.related.emplace_back("allowed", std::vector{allowed(member.shape)});
  if (const std::string needed = need(member); !needed.empty())
    entry.related.emplace_back("required", std::vector{needed});
  const Shape& inner = innermost(member.shape);
  if (!is_listed(inner))
    for (const kernel::Word& word : inner.words)
      entry.parts.push_back({word.name, word.text, false});
  return entry;
}

void add_members(const Shape& object,
                 const std::string& prefix,
                 const std::string& group,
                 Listing& listing);

/// Of what is an object inside: its members, and those of each of its kinds.
void add_inner(const kernel::Member& member,
               const std::string& prefix,
               const std::string& group,
               Listing& listing) {
  const Shape& inner = innermost(member.shape);
  if (inner.kind != Shape::Kind::object) return;
  const std::string name = prefix + member.name + inside(member.shape);
  add_members(inner, name + ".", group, listing);
  for (const kernel::Case& one : inner.cases) {
    Entry entry{fmt::format("{} {}", name, one.name), one.text, "", {}, group, {}};
    for (const kernel::Member& part : one.members)
      entry.parts.push_back(
          {part.name, fmt::format("{}: {}", part.text, allowed(part.shape)), false});
    listing.push_back(std::move(entry));
  }
}

/// An entry for each member of the object, and behind one that holds objects those of theirs.
void add_members(const Shape& object,
                 const std::string& prefix,
                 const std::string& group,
                 Listing& listing) {
  for (const kernel::Member& member : object.members) {
    listing.push_back(entry_of(member, prefix, group));
    add_inner(member, prefix, group, listing);
  }
}

std::string group_of(const Subsystem& subsystem) {
  return subsystem.section;
}

} // namespace

namespace {

/// "v6.1 to v6.6", "v7.1".
std::string span(kernel::Version first, kernel::Version last) {
  return first == last ? kernel::name_of(first)
                       : fmt::format("{} to {}", kernel::name_of(first), kernel::name_of(last));
}

/// What the knob is in each run of versions, and where that can be read.
std::vector<EntryPart> history(const Knob& knob) {
  std::vector<EntryPart> parts;
  for (std::size_t i = 0; i < knob.history.size(); ++i) {
    const kernel::Since& since = knob.history[i];
    const bool is_last = i + 1 == knob.history.size();
    const auto next = is_last ? kernel::newest : knob.history[i + 1].version;
    const auto last = is_last ? next : static_cast<kernel::Version>(static_cast<int>(next) - 1);
    parts.push_back(
        {fmt::format("{}: {}", span(since.version, last), since.value), since.source, is_last});
  }
  return parts;
}

} // namespace

Listing knob_listing() {
  Listing listing;
  for (const Subsystem& subsystem : kernel::subsystems())
    for (const Knob& knob : subsystem.knobs) {
      Entry entry{knob.name, knob.text, knob.source, values(knob), group_of(subsystem), {}};
      const kernel::Readers& all = kernel::readers_of(subsystem);
      if (const auto readers = all.find(knob.name); readers != all.end())
        entry.related.emplace_back("read by", readers->second);
      std::vector<std::string> versions;
      for (const EntryPart& part : history(knob))
        versions.push_back(part.name);
      if (!versions.empty()) entry.related.emplace_back("versions", std::move(versions));
      listing.push_back(std::move(entry));
    }
  return listing;
}

namespace {

/// The knobs that have another value in this version than in the one before, with it.
std::vector<std::string> changes_of(kernel::Version version) {
  std::vector<std::string> changes;
  for (const Subsystem& subsystem : kernel::subsystems())
    for (const Knob& knob : subsystem.knobs)
      for (const kernel::Since& since : knob.history)
        if (since.version == version) changes.push_back(knob.name + "=" + since.value);
  return changes;
}

} // namespace

Listing kernel_listing() {
  Listing listing;
  for (std::size_t i = 0; i < kernel::versions().size(); ++i) {
    const auto version = static_cast<kernel::Version>(i);
    Entry entry{kernel::name_of(version), kernel::versions()[i].text, "", {}, "", {}};
    entry.related.emplace_back(i == 0 ? "begins with" : "changes", changes_of(version));
    listing.push_back(std::move(entry));
  }
  for (const Subsystem& subsystem : kernel::subsystems())
    for (const Knob& knob : subsystem.knobs)
      if (!knob.history.empty())
        listing.push_back(
            {knob.name, knob.text, knob.source, history(knob), group_of(subsystem), {}});
  return listing;
}

Listing path_listing() {
  Listing listing;
  for (const Subsystem& subsystem : kernel::subsystems())
    for (const kernel::PathEntry& path : subsystem.paths) {
      Entry entry{path.name, path.text, path.source, {}, group_of(subsystem), {}};
      for (const kernel::PathOption& option : path.options)
        entry.parts.push_back(
            {option.name,
             fmt::format(
                 "{}, {}..{}, {} if absent", option.text, option.low, option.high, option.initial),
             false});
      std::vector<std::string> knobs;
      for (const auto& [knob, paths] : kernel::readers_of(subsystem))
        if (std::ranges::find(paths, path.name) != paths.end()) knobs.push_back(knob);
      if (!knobs.empty()) entry.related.emplace_back("knobs", std::move(knobs));
      listing.push_back(std::move(entry));
    }
  return listing;
}

Listing property_listing() {
  Listing listing;
  for (const Subsystem& subsystem : kernel::subsystems())
    for (const kernel::PropertyEntry& property : subsystem.properties) {
      Entry entry{property.name, property.claim, property.source, {}, group_of(subsystem), {}};
      if (property.on_request)
        entry.related.emplace_back("checked",
                                   std::vector<std::string>{"where a scenario lists it"});
      else if (!property.checked_by.empty())
        entry.related.emplace_back("checked with", property.checked_by);
      if (!property.takes.empty()) entry.related.emplace_back("takes", std::vector{property.takes});
      listing.push_back(std::move(entry));
    }
  return listing;
}

Listing layout_listing() {
  Listing listing;
  for (const Subsystem& subsystem : kernel::subsystems())
    add_members(subsystem.layout, subsystem.section + ".", group_of(subsystem), listing);
  return listing;
}

Listing format_listing() {
  // These have listings of their own, and a variant says what its file says.
  std::vector<std::string> apart{"kernel", "processes", "variants"};
  for (const Subsystem& subsystem : kernel::subsystems())
    apart.push_back(subsystem.section);
  Listing listing;
  for (const kernel::Member& member : kernel::scenario_format().members) {
    listing.push_back(entry_of(member, "", ""));
    if (std::ranges::find(apart, member.name) == apart.end()) add_inner(member, "", "", listing);
  }
  return listing;
}

std::vector<kernel::ScenarioFile> scenarios_in(const std::vector<std::string>& where) {
  std::string folder = "scenarios";
  std::error_code ignored;
  if (!std::filesystem::exists(folder, ignored)) folder = library_folder();
  if (where.empty() && folder.empty())
    throw UsageError(
        "there is no folder \"scenarios\" here; name one: stalemate list scenarios PATH");
  std::vector<std::string> paths;
  for (const std::string& one : where)
    paths.push_back(selection_of(one).path);
  if (where.empty()) paths.push_back(folder);
  std::vector<kernel::ScenarioFile> files;
  for (const std::string& path : scenario_files(paths))
    files.push_back(kernel::read_scenario_file(path));
  return files;
}

Listing scenario_listing(const std::vector<std::string>& where) {
  Listing listing;
  for (const kernel::ScenarioFile& file : scenarios_in(where)) {
    const kernel::Scenario& first = file.scenarios().front();
    Entry entry{file.name(), first.id + ": " + first.title, first.source, {}, "", {}};
    for (const kernel::Scenario& scenario : file.scenarios())
      if (!scenario.variant.empty())
        entry.parts.push_back({scenario.variant, scenario.notes, false});
    listing.push_back(std::move(entry));
  }
  return listing;
}

Listing
only(const Listing& listing, const std::vector<std::string>& names, const std::string& noun) {
  if (names.empty()) return listing;
  // A layout word may also be named without what it is in: blocks, unwritten.
  const auto is_called = [](const Entry& entry, const std::string& name) {
    return entry.name == name || entry.name.ends_with("." + name) ||
           (entry.name.find('.') != std::string::npos &&
            std::ranges::find(entry.parts, name, &EntryPart::name) != entry.parts.end());
  };
  std::vector<std::string> known;
  for (const Entry& entry : listing)
    known.push_back(entry.name);
  Listing wanted;
  for (const std::string& name : names) {
    const std::size_t before = wanted.size();
    std::ranges::copy_if(listing, std::back_inserter(wanted), [&](const Entry& entry) {
      return is_called(entry, name);
    });
    if (wanted.size() == before) throw UsageError(kernel::unknown(noun, name, known));
  }
  return wanted;
}

} // namespace stalemate::cli
