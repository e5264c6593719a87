#include "model/scenario/read_scenario.hpp"

#include "model/scenario/check_shape.hpp"
#include "model/scenario/excerpt.hpp"
#include "model/scenario/format.hpp"
#include "model/scenario/json_text.hpp"
#include "model/scenario/subsystem.hpp"
#include "model/scenario/to_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <system_error>
#include <utility>

namespace stalemate::kernel {

namespace {

InputError
input_error(const std::string& name, Position at, const std::string& pointer, const char* what) {
  return InputError(fmt::format("{}:{}:{}: {}{}{}",
                                name,
                                at.line,
                                at.column,
                                printable(pointer, 200),
                                pointer.empty() ? "" : ": ",
                                what));
}

JsonText parsed(const std::string& name, const std::string& text) {
  try {
    return parse_json(text);
  } catch (const MalformedJson& error) {
    std::string what = error.what();
    const auto limits = limits_at(scenario_format(), error.pointer());
    if (error.is_too_much() && !limits.empty()) what += "; " + limits;
    throw input_error(name, error.position(), error.pointer(), what.c_str());
  }
}

std::string parent(const std::string& pointer) {
  return pointer.substr(0, pointer.rfind('/'));
}

// The pointers at which a patch replaces what is there instead of merging into it.
void collect_replaced(const Json& patch, const std::string& pointer, std::set<std::string>& to) {
  for (const auto& [key, value] : patch.items()) {
    const std::string at = below(pointer, key);
    if (value.is_object() && at != "/expect")
      collect_replaced(value, at, to);
    else
      to.insert(at);
  }
}

Json merge_patch(Json base, Json patch) {
  base.erase("variants");
  base.erase("notes"); // Those are about the file; a variant has its own, or none.
  patch.erase("name");
  // An expectation is one statement: counts of another variant's are never inherited.
  if (patch.contains("expect")) base.erase("expect");
  base.merge_patch(patch);
  return base;
}

std::size_t edits_in(const Json& whole) {
  const auto edits = whole.find("patch");
  return edits == whole.end() ? 0 : edits->size();
}

// Claims from outside are brought along to be checked, also where the scenario lists others.
void ask_for(const Json& claims, Json& whole) {
  const auto listed = whole.find("properties");
  if (listed == whole.end()) return;
  for (const auto& item : claims.items())
    if (!item.value().is_null() && std::ranges::find(*listed, Json(item.key())) == listed->end())
      listed->push_back(item.key());
}

Json overridden(Json whole, const Overrides& overrides) {
  if (!overrides.empty())
    for (const char* statement : {"expect", "affects"})
      whole.erase(statement);
  for (const Override& one : overrides) {
    if (one.is_appended) {
      for (const Json& item : Json::parse(one.json))
        whole[Json::json_pointer(one.pointer)].push_back(item);
      continue;
    }
    Json patch = Json::object();
    patch[Json::json_pointer(one.pointer)] = Json::parse(one.json);
    whole.merge_patch(patch);
    if (one.pointer == "/claims") ask_for(Json::parse(one.json), whole);
  }
  return whole;
}

// What a scenario brings along must not be called like something of the model's.
template <typename Entry>
void check_is_new(const std::vector<Entry>& known,
                  const std::string& name,
                  const std::string& pointer,
                  const char* what) {
  if (std::ranges::find(known, name, &Entry::name) != known.end())
    throw Mismatch(
        below(pointer, name), fmt::format("the model has a {} of this name", what), true);
}

// Adds what a file, or a variant, brings along, as far as it can be read. `pointer` is its own.
void add_own_names(const Json& object, const std::string& pointer, OwnNames& names) {
  const auto section = [&](const char* name) {
    const auto found = object.find(name);
    return found != object.end() && found->is_object() ? *found : Json::object();
  };
  const Json paths = section("paths");
  const Json claims = section("claims");
  for (const auto& [name, path] : paths.items()) {
    check_is_new(all_paths(), name, pointer + "/paths", "path");
    const auto like = path.is_object() ? path.find("like") : path.end();
    const bool is_like = path.is_object() && like != path.end() && like->is_string();
    if (is_like || !names.paths.contains(name))
      names.paths[name] = is_like ? like->get<std::string>() : std::string();
  }
  for (const auto& item : claims.items()) {
    check_is_new(all_properties(), item.key(), pointer + "/claims", "property");
    if (std::ranges::find(names.claims, item.key()) == names.claims.end())
      names.claims.push_back(item.key());
  }
}

OwnNames own_names(const Json& root, const Overrides& overrides) {
  OwnNames names;
  if (!root.is_object()) return names;
  add_own_names(root, "", names);
  for (const Override& one : overrides)
    add_own_names(overridden(Json::object(), {one}), "", names);
  const auto variants = root.find("variants");
  if (variants == root.end() || !variants->is_array()) return names;
  for (std::size_t i = 0; i < variants->size(); ++i)
    if ((*variants)[i].is_object()) add_own_names((*variants)[i], below("/variants", i), names);
  return names;
}

} // namespace

ScenarioFile::ScenarioFile(std::string name,
                           const std::string& text,
                           Overrides overrides,
                           WrongVariants wrong)
    : name_(std::move(name)), overrides_(std::move(overrides)) {
  JsonText json = parsed(name_, text);
  positions_ = std::move(json.positions);
  const Patch* patch = nullptr;
  try {
    // Nearly all files bring nothing along, and the format is large.
    const OwnNames names = own_names(json.root, overrides_);
    std::optional<Shape> with_names;
    if (!names.empty()) with_names = scenario_format(names);
    const Shape& format = with_names ? *with_names : scenario_format();
    const bool has_variants = json.root.is_object() && json.root.contains("variants");
    check_shape(json.root, format, has_variants ? Completeness::part : Completeness::whole);
    if (!has_variants) {
      edits_[""] = edits_in(json.root);
      const Json whole = overridden(json.root, overrides_);
      check_shape(whole, format, Completeness::whole);
      scenarios_.push_back(to_scenario(whole, ""));
      texts_[""] = whole.dump();
      return;
    }

    const Json& variants = json.root["variants"];
    for (std::size_t i = 0; i < variants.size(); ++i) {
      const std::string variant = variants[i]["name"];
      const std::string pointer = below("/variants", i);
      if (std::ranges::find(patches_, variant, &Patch::name) != patches_.end())
        throw Mismatch(pointer + "/name", fmt::format("{} is given twice", excerpt(variant)));
      patches_.push_back({variant, pointer, {}});
      collect_replaced(variants[i], "", patches_.back().replaced);
    }
    for (std::size_t i = 0; i < variants.size(); ++i) {
      patch = &patches_[i];
      const Json merged = merge_patch(json.root, variants[i]);
      edits_[patch->name] = edits_in(merged);
      const Json whole = overridden(merged, overrides_);
      const auto leave_out = [&](const InputError& why) {
        if (wrong == WrongVariants::refuse_file) throw why;
        refused_.push_back({whole.value("id", ""), patch->name, line_at(patch->pointer), why});
      };
      try {
        check_shape(whole, format, Completeness::whole);
        scenarios_.push_back(to_scenario(whole, patch->name));
        texts_[patch->name] = whole.dump();
      } catch (const Mismatch& mismatch) {
        leave_out(error(patch, mismatch.pointer(), mismatch.what(), mismatch.is_key()));
      } catch (const ScenarioError& nonsense) {
        leave_out(error(patch, nonsense.pointer(), nonsense.what(), false));
      }
    }
  } catch (const Mismatch& mismatch) {
    throw error(patch, mismatch.pointer(), mismatch.what(), mismatch.is_key());
  } catch (const ScenarioError& nonsense) {
    throw error(patch, nonsense.pointer(), nonsense.what(), false);
  }
}

InputError ScenarioFile::located(const Scenario& scenario, const ScenarioError& nonsense) const {
  const auto patch = std::ranges::find(patches_, scenario.variant, &Patch::name);
  return error(patch == patches_.end() ? nullptr : &*patch,
               nonsense.pointer(),
               nonsense.what(),
               false,
               nonsense.column());
}

const std::string& ScenarioFile::text_of(const Scenario& scenario) const {
  return texts_.at(scenario.variant);
}

int ScenarioFile::line_of(const Scenario& scenario) const {
  const auto patch = std::ranges::find(patches_, scenario.variant, &Patch::name);
  return line_at(patch == patches_.end() ? "" : patch->pointer);
}

int ScenarioFile::line_at(const std::string& pointer) const {
  const auto at = positions_.values.find(pointer);
  return at == positions_.values.end() ? 1 : at->second.line;
}

std::string ScenarioFile::in_variant(const Patch* patch, const std::string& root) {
  return patch != nullptr && root.empty() ? fmt::format(" (in variant {})", patch->name) : "";
}

InputError ScenarioFile::error(const Patch* patch,
                               const std::string& pointer,
                               const std::string& what,
                               bool is_key,
                               std::optional<int> column) const {
  const std::string variant = patch == nullptr ? "" : patch->name;
  if (const auto outside = error_in_override(variant, pointer, what, is_key, column))
    return *outside;
  bool is_replaced = false;
  for (std::string p = pointer; patch != nullptr && !p.empty(); p = parent(p))
    is_replaced = is_replaced || patch->replaced.contains(p);

  std::vector<std::string> roots;
  if (patch != nullptr) roots.push_back(patch->pointer);
  if (!is_replaced) roots.emplace_back();

  for (std::string p = pointer;; p = parent(p)) {
    for (const std::string& root : roots) {
      const auto& places = is_key && p == pointer ? positions_.keys : positions_.values;
      if (const auto at = places.find(root + p); at != places.end()) {
        Position place = at->second;
        if (column && p == pointer) place.column += 1 + *column; // behind the quote
        return input_error(name_, place, root + pointer, (what + in_variant(patch, root)).c_str());
      }
    }
    if (p.empty()) return input_error(name_, {}, pointer, what.c_str());
  }
}

std::optional<InputError> ScenarioFile::error_in_override(const std::string& variant,
                                                          const std::string& pointer,
                                                          const std::string& what,
                                                          bool is_key,
                                                          std::optional<int> column) const {
  const auto edits = edits_.find(variant);
  std::size_t first = edits == edits_.end() ? 0 : edits->second;
  for (const Override& one : overrides_) {
    if (one.source == std::nullopt) {
      if (pointer == one.pointer || pointer.starts_with(one.pointer + "/"))
        return InputError(fmt::format("{}: {}: {}", name_, one.option, what));
      continue;
    }
    const std::size_t count = one.is_appended ? Json::parse(one.json).size() : 0;
    const auto there = pointer_in(one, pointer, first);
    first += count;
    if (!there) continue;
    const std::string scenario = variant.empty() ? name_ : name_ + "#" + variant;
    for (std::string p = *there; p.size() >= one.source->pointer.size(); p = parent(p)) {
      const Positions& positions = *one.source->positions;
      const auto& places = is_key && p == *there ? positions.keys : positions.values;
      if (const auto at = places.find(p); at != places.end()) {
        Position place = at->second;
        if (column && p == *there) place.column += 1 + *column; // behind the quote
        return input_error(
            one.source->file, place, *there, fmt::format("{} (in {})", what, scenario).c_str());
      }
      if (p.empty()) break;
    }
  }
  return std::nullopt;
}

JsonText read_json(const std::string& path) {
  return parsed(path == "-" ? "standard input" : printable(path, 300),
                read_text(path, json_bytes_max));
}

std::string read_text(const std::string& path, std::size_t bytes_max) {
  const std::string name = path == "-" ? "standard input" : printable(path, 300);
  const auto failed = [&](const std::string& what) { return InputError(name + ": " + what); };
  const auto reason = [] { return std::generic_category().message(errno); };

  std::ifstream file;
  if (path != "-") {
    std::error_code ignored; // opening says it better
    if (std::filesystem::is_directory(path, ignored)) throw failed("is a directory");
    errno = 0;
    file.open(path, std::ios::binary);
    if (!file) throw failed("cannot open: " + reason());
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string text;
  std::array<char, 16384> piece;
  do {
    in.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (in.bad()) throw failed("cannot read: " + reason());
    if (text.size() > bytes_max) throw failed(fmt::format("larger than {} bytes", bytes_max));
  } while (in);
  return text;
}

ScenarioFile
read_scenario_file(const std::string& path, const Overrides& overrides, WrongVariants wrong) {
  return {path == "-" ? "standard input" : printable(path, 300),
          read_text(path, json_bytes_max),
          overrides,
          wrong};
}

} // namespace stalemate::kernel
