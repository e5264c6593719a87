#include "model/inquiry/simpler.hpp"

#include "model/inquiry/fewer_blocks.hpp"
#include "model/scenario/json_text.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace stalemate::kernel::inquiry {

namespace {

/// What is no part of the question, or is chosen by who asks.
constexpr std::array fixed{
    "$schema", "id", "title", "source", "notes", "properties", "expect", "affects"};

bool is_fixed(const std::string& key) {
  return std::ranges::find(fixed, key) != fixed.end();
}

/// An option of processes that is the number of an item of a list.
struct Numbering {
  const char* list;
  const char* option;
};
constexpr std::array numberings{Numbering{"/processes", "of"},
                                Numbering{"/memory/pages", "page"},
                                Numbering{"/dax/offsets", "at"}};

/// The item is gone, and those behind it have other numbers.
void renumber(Json& scenario, const std::string& list, std::int64_t item) {
  const auto processes = scenario.find("processes");
  for (const Numbering& one : numberings) {
    if (list != one.list || processes == scenario.end()) continue;
    for (Json& process : *processes)
      if (const auto at = process.find(one.option);
          at != process.end() && at->get<std::int64_t>() > item)
        *at = at->get<std::int64_t>() - 1;
  }
}

/// Leaves out every item and member, those of an object or a list together, the last ones first.
void leave_out(const Json& scenario, const std::string& pointer, std::vector<std::string>& found) {
  const Json& value = scenario[Json::json_pointer(pointer)];
  if (!value.is_structured()) return;
  std::vector<std::string> keys;
  for (const auto& item : value.items())
    if (!pointer.empty() || !is_fixed(item.key())) keys.push_back(item.key());
  std::ranges::reverse(keys);
  for (const std::string& key : keys) {
    Json smaller = scenario;
    Json& there = smaller[Json::json_pointer(pointer)];
    if (there.is_object()) {
      there.erase(key);
    } else {
      there.erase(std::stoul(key));
      renumber(smaller, pointer, std::stol(key));
    }
    found.push_back(smaller.dump());
  }
  for (const std::string& key : keys)
    leave_out(scenario, below(pointer, key), found);
}

void lower(const Json& scenario, const std::string& pointer, std::vector<std::string>& found) {
  const Json& value = scenario[Json::json_pointer(pointer)];
  if (value.is_structured())
    for (const auto& item : value.items())
      if (!pointer.empty() || !is_fixed(item.key()))
        lower(scenario, below(pointer, item.key()), found);
  if (!value.is_number_integer()) return;
  const auto number = value.get<std::int64_t>();
  std::vector<std::int64_t> lower{0, number / 2, number - 1};
  lower.erase(std::unique(lower.begin(), lower.end()), lower.end());
  for (const std::int64_t one : lower) {
    if (one < 0 || one >= number) continue;
    Json smaller = scenario;
    smaller[Json::json_pointer(pointer)] = one;
    found.push_back(smaller.dump());
  }
}

std::size_t values_in(const Json& json) {
  std::size_t count = 1;
  if (json.is_structured())
    for (const Json& item : json)
      count += values_in(item);
  return count;
}

std::string laid_out(const Json& json, std::size_t margin, std::size_t before) {
  constexpr std::size_t columns_max = 100;
  if (!json.is_structured() || json.empty()) return json.dump();
  const bool is_object = json.is_object();
  std::string line = is_object ? "{ " : "[";
  std::string lines = is_object ? "{" : "[";
  const std::string gap = "\n" + std::string(margin + 2, ' ');
  bool is_first = true;
  for (const auto& item : json.items()) {
    const std::string key = is_object ? Json(item.key()).dump() + ": " : "";
    if (!is_first) line += ", ";
    line += key + laid_out(item.value(), 0, 0);
    if (!is_first) lines += ",";
    lines += gap;
    lines += key;
    lines += laid_out(item.value(), margin + 2, key.size());
    is_first = false;
  }
  line += is_object ? " }" : "]";
  const bool is_whole = margin == 0 && before == 0 && is_object && json.contains("id");
  if (!is_whole && (margin == 0 || margin + before + line.size() < columns_max)) return line;
  return lines + "\n" + std::string(margin, ' ') + (is_object ? "}" : "]");
}

} // namespace

std::vector<std::string> with_fewer_processes(const std::string& scenario) {
  constexpr std::size_t processes_max = 10; // More sets than anyone waits for.
  const Json whole = Json::parse(scenario);
  const std::size_t count = whole["processes"].size();
  std::vector<std::string> found;
  if (count > processes_max) return found;
  std::vector<std::uint32_t> sets;
  for (std::uint32_t set = 1; set + 1 < std::uint32_t{1} << count; ++set)
    sets.push_back(set);
  std::ranges::stable_sort(sets, {}, [](std::uint32_t set) { return std::popcount(set); });
  for (const std::uint32_t set : sets) {
    Json smaller = whole;
    for (std::size_t i = count; i-- > 0;)
      if ((set >> i & 1U) == 0) {
        smaller["processes"].erase(i);
        renumber(smaller, "/processes", static_cast<std::int64_t>(i));
      }
    found.push_back(smaller.dump());
  }
  return found;
}

std::vector<std::string> simpler(const std::string& scenario) {
  const Json whole = Json::parse(scenario);
  std::vector<std::string> found;
  for (const Json& one : with_fewer_blocks(whole))
    found.push_back(one.dump());
  leave_out(whole, "", found);
  lower(whole, "", found);
  return found;
}

std::optional<std::string> without_blamed(const std::string& scenario, const std::string& pointer) {
  Json smaller = Json::parse(scenario);
  for (const std::string_view section : {"/patch/", "/claims/", "/kernel/", "/paths/", "/state/"}) {
    if (!pointer.starts_with(section)) continue;
    const std::string item = pointer.substr(0, pointer.find('/', section.size()));
    if (!smaller.contains(Json::json_pointer(item))) return std::nullopt;
    Json& there = smaller[Json::json_pointer(item).parent_pointer()];
    const std::string key = Json::json_pointer(item).back();
    if (there.is_object())
      there.erase(key);
    else
      there.erase(std::stoul(key));
    if (there.empty()) smaller.erase(Json::json_pointer(item).parent_pointer().back());
    return smaller.dump();
  }
  return std::nullopt;
}

std::string question(const std::string& scenario,
                     const std::string& id,
                     const std::string& source,
                     const std::string& claim) {
  const Json whole = Json::parse(scenario);
  Json asked = Json::object();
  asked["id"] = id;
  asked["title"] = whole["title"];
  asked["source"] = source;
  for (const auto& item : whole.items())
    if (!is_fixed(item.key())) asked[item.key()] = item.value();
  asked["properties"] = {claim};
  return asked.dump();
}

Size size_of(const std::string& scenario) {
  const Json whole = Json::parse(scenario);
  Size size;
  if (whole.contains("processes")) size.processes = whole["processes"].size();
  if (const Json::json_pointer blocks("/file/blocks"); whole.contains(blocks))
    size.blocks = whole[blocks].size();
  if (whole.contains("patch")) size.edits = whole["patch"].size();
  if (whole.contains("kernel")) size.knobs = whole["kernel"].size();
  for (const auto& item : whole.items())
    if (!is_fixed(item.key())) size.values += values_in(item.value());
  return size;
}

std::string laid_out(const std::string& scenario) {
  return laid_out(Json::parse(scenario), 0, 0) + "\n";
}

} // namespace stalemate::kernel::inquiry
