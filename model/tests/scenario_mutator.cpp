#include "model/tests/scenario_mutator.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

namespace stalemate::kernel {

namespace {

void collect(const Json& json, const Json::json_pointer& at, std::vector<Json::json_pointer>& to) {
  to.push_back(at);
  if (json.is_object())
    for (const auto& [key, value] : json.items())
      collect(value, at / key, to);
  if (json.is_array())
    for (std::size_t i = 0; i < json.size(); ++i)
      collect(json[i], at / i, to);
}

void erase(Json& json, const Json::json_pointer& at) {
  Json& parent = json[at.parent_pointer()];
  if (parent.is_array())
    parent.erase(std::stoul(at.back()));
  else
    parent.erase(at.back());
}

/// Names, numbers, and what stands between them.
std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  bool was_word = false;
  for (const char c : text) {
    const bool is_word =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (words.empty() || !is_word || !was_word) words.emplace_back();
    words.back() += c;
    was_word = is_word;
  }
  return words;
}

} // namespace

std::string ScenarioMutator::mutate(const std::string& text) {
  Json json = Json::parse(text);
  for (std::size_t i = below(3); i < 3; ++i)
    change(json);
  return json.dump();
}

void ScenarioMutator::change(Json& json) {
  Pointers all;
  collect(json, Json::json_pointer(), all);
  if (all.size() == 1) return;
  const auto any = [&] { return all[1 + below(all.size() - 1)]; };
  const Json::json_pointer at = any();
  switch (below(8)) {
  case 0:
    return erase(json, at);
  case 1: {
    Json& parent = json[at.parent_pointer()];
    const Json copy = json[at];
    if (parent.is_array())
      parent.push_back(copy);
    else
      parent[at.back() + "2"] = copy;
    return;
  }
  case 2: {
    const Json copy = json[any()];
    json[at] = copy;
    return;
  }
  case 3:
    json[at] = retyped(json[at]);
    return;
  default:
    break;
  }
  // Most of what can be wrong is inside of strings.
  Pointers strings;
  for (const auto& one : all)
    if (json[one].is_string()) strings.push_back(one);
  if (strings.empty()) return;
  Json& text = json[strings[below(strings.size())]];
  const std::string other = json[strings[below(strings.size())]];
  text = below(2) == 0 ? other : mangled(text.get<std::string>(), other);
}

Json ScenarioMutator::retyped(const Json& value) {
  switch (below(7)) {
  case 0:
    return nullptr;
  case 1:
    return true;
  case 2:
    return static_cast<int>(below(5)) - 1;
  case 3:
    return Json::array({value});
  case 4:
    return Json::object({{"always", value}});
  case 5:
    return value.dump().substr(0, 50);
  default:
    return 1000000;
  }
}

/// Words of the text, changed by one.
std::string ScenarioMutator::mangled(const std::string& text, const std::string& other) {
  std::vector<std::string> words = split(text);
  const std::vector<std::string> others = split(other);
  static constexpr std::array pieces{
      "(",  ")",  "[",    "]",    "!",    "&&",   "||",  "==",   "=",    "=>",   "<",     "+",
      "-",  "*",  "/",    "%",    "?",    ":",    ",",   "..",   ".",    "\"",   "0",     "1",
      "2",  "99", "1000", "yes",  "self", "free", "x",   "seen", "done", "held", "all",   "count",
      "at", "i",  "hot",  "inc:", "\\",   "é",    "row", "old",  "sem",  "min",  "number"};
  const std::size_t at = below(words.size() + 1);
  switch (below(4)) {
  case 0:
    if (at < words.size()) words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
    break;
  case 1:
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), pieces[below(pieces.size())]);
    break;
  case 2:
    if (at < words.size()) words[at] = pieces[below(pieces.size())];
    break;
  default:
    if (at < words.size() && !others.empty()) words[at] = others[below(others.size())];
  }
  return fmt::format("{}", fmt::join(words, ""));
}

} // namespace stalemate::kernel
