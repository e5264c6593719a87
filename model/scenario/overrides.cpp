#include "model/scenario/overrides.hpp"

#include "model/scenario/excerpt.hpp"
#include "model/scenario/json_text.hpp"
#include "model/scenario/read_scenario.hpp"
#include "model/scenario/subsystem.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace stalemate::kernel {

namespace {

std::vector<std::string> words_of(const Knob& knob) {
  std::vector<std::string> words;
  for (const Word& value : knob.values)
    words.push_back(value.name);
  return knob.type == Knob::Type::boolean ? std::vector<std::string>{"false", "true"} : words;
}

bool is_number_of(const Knob& knob, const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number && number >= knob.low && number <= knob.high;
}

} // namespace

Override knob_override(const std::string& setting) {
  const std::string option = "--set " + printable(setting);
  const auto refuse = [&](const std::string& what) { throw InputError(option + ": " + what); };
  const auto equals = setting.find('=');
  if (equals == std::string::npos) refuse("is not KNOB=VALUE");
  const std::string name = setting.substr(0, equals);
  const std::string value = setting.substr(equals + 1);

  const std::vector<Knob> knobs = all_knobs();
  const auto knob = std::ranges::find(knobs, name, &Knob::name);
  if (knob == knobs.end()) {
    std::vector<std::string> names;
    for (const Knob& one : knobs)
      names.push_back(one.name);
    refuse(unknown("knob", name, names));
  }
  if (knob->type == Knob::Type::number) {
    if (!is_number_of(*knob, value))
      refuse(fmt::format(
          "{} is no value of it; {}..{} is possible", excerpt(value), knob->low, knob->high));
    return {below("/kernel", name), value, option};
  }
  const std::vector<std::string> words = words_of(*knob);
  if (std::ranges::find(words, value) == words.end()) refuse(unknown("value", value, words));
  const bool is_word = knob->type == Knob::Type::words;
  return {below("/kernel", name), is_word ? Json(value).dump() : value, option};
}

std::optional<std::string>
pointer_in(const Override& override_of_file, const std::string& pointer, std::size_t first) {
  const std::string& section = override_of_file.pointer;
  const Override::Source& source = *override_of_file.source;
  if (pointer != section && !pointer.starts_with(section + "/")) return std::nullopt;
  const std::string rest = pointer.substr(section.size());
  const auto slash = std::min(rest.find('/', 1), rest.size());
  std::string item = rest.substr(0, slash);
  if (override_of_file.is_appended && !rest.empty()) {
    const std::size_t index = std::stoul(item.substr(1));
    if (index < first) return std::nullopt;
    item = below("", index - first);
  }
  if (!source.positions->values.contains(source.pointer + item)) return std::nullopt;
  return source.pointer + item + rest.substr(slash);
}

Override claims_override(const std::vector<std::string>& claims) {
  std::string option;
  for (const std::string& claim : claims)
    option += (option.empty() ? "" : " ") + fmt::format("--claim {}", printable(claim));
  return {"/properties", Json(claims).dump(-1, ' ', false, Json::error_handler_t::replace), option};
}

Overrides patch_overrides(const std::string& path) {
  const JsonText file = read_json(path);
  const std::string name = path == "-" ? "standard input" : printable(path, 300);
  const auto positions = std::make_shared<const Positions>(file.positions);
  const auto refuse = [&](const std::string& pointer, bool is_key, const std::string& what) {
    const Position at = (is_key ? positions->keys : positions->values).at(pointer);
    throw InputError(fmt::format("{}:{}:{}: {}{}{}",
                                 name,
                                 at.line,
                                 at.column,
                                 printable(pointer, 200),
                                 pointer.empty() ? "" : ": ",
                                 what));
  };
  const auto section = [&](const std::string& key, const Json& value, const std::string& pointer) {
    const bool is_edits = key == "patch";
    if (is_edits ? !value.is_array() : !value.is_object())
      refuse(
          pointer, false, is_edits ? "a list of edits should be here" : "an object should be here");
    return Override{below("", key),
                    value.dump(),
                    "--patch " + name,
                    Override::Source{name, pointer, positions},
                    is_edits};
  };
  const Json& root = file.root;
  if (root.is_array()) return {section("patch", root, "")};
  if (!root.is_object()) refuse("", false, "is neither a list of edits nor an object");
  const std::vector<std::string> known{"patch", "claims", "state", "paths", "kernel"};
  Overrides overrides;
  for (const auto& [key, value] : root.items()) {
    if (std::ranges::find(known, key) == known.end())
      refuse(below("", key), true, unknown("key", key, known));
    overrides.push_back(section(key, value, below("", key)));
  }
  if (overrides.empty()) refuse("", false, "says nothing");
  return overrides;
}

} // namespace stalemate::kernel
