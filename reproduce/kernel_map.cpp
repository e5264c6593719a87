#include "reproduce/kernel_map.hpp"

#include "checker/ir/step_id.hpp"
#include "reports/json.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <set>
#include <utility>

namespace stalemate::reproduce {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<const char*, Place::Kind>, 5> kinds{{{"enter", Place::Kind::enter},
                                                                    {"exit", Place::Kind::exit},
                                                                    {"inside", Place::Kind::inside},
                                                                    {"seen", Place::Kind::seen},
                                                                    {"none", Place::Kind::none}}};

Place place_in(const std::string& id, const Json& entry) {
  Place place;
  std::optional<std::string> said;
  for (const auto& [word, kind] : kinds) {
    if (!entry.contains(word)) continue;
    if (said) throw Refusal(fmt::format("{}: both \"{}\" and \"{}\"", id, *said, word));
    said = word;
    place.kind = kind;
    (kind == Place::Kind::none ? place.why : place.function) = entry.at(word).get<std::string>();
  }
  if (!said) throw Refusal(fmt::format("{}: none of enter, exit, inside, seen, none", id));
  for (const auto& [key, value] : entry.items()) {
    if (key == "why")
      place.why = value.get<std::string>();
    else if (key == "after")
      place.after = value.get<std::string>();
    else if (key == "holds")
      place.holds = value.get<std::string>();
    else if (key == "returns")
      place.returns = value.get<std::map<std::string, std::string>>();
    else if (key != *said)
      throw Refusal(fmt::format("{}: unknown key \"{}\"", id, key));
  }
  return place;
}

std::vector<Worker> workers_in(const Json& list) {
  std::vector<Worker> workers;
  for (const Json& worker : list)
    workers.push_back(
        {worker.at("function").get<std::string>(), worker.at("path").get<std::string>()});
  return workers;
}

std::vector<Check> checks_in(const Json& list) {
  std::vector<Check> checks;
  for (const Json& check : list)
    checks.push_back({check.at("function").get<std::string>(),
                      check.at("fired").get<long>(),
                      check.at("bits").get<int>(),
                      check.at("text").get<std::string>(),
                      check.value("next", "")});
  return checks;
}

/// What the file does not say is as in `map`, if it is like another one.
KernelMap map_in(const Json& file, KernelMap map) {
  const bool is_whole = !file.contains("like");
  const auto says = [&](const char* key) { return is_whole || file.contains(key); };
  map.version = file.at("version").get<std::string>();
  for (const auto& [id, entry] : file.at("steps").items())
    map.steps[id] = place_in(id, entry);
  if (says("workers")) map.workers = workers_in(file.at("workers"));
  if (says("checks")) map.checks = checks_in(file.at("checks"));
  if (says("watched")) map.watched = file.at("watched").get<std::vector<std::string>>();
  return map;
}

} // namespace

bool Check::has_fired(unsigned long long returned) const {
  const auto mask = bits >= 64 ? ~0ULL : (1ULL << static_cast<unsigned>(bits)) - 1;
  return ((returned ^ static_cast<unsigned long long>(fired)) & mask) == 0;
}

const Place* KernelMap::place_of(const std::string& id, const std::string& note) const {
  auto found = steps.find(id + " / " + ir::without_numbers(note));
  if (found == steps.end()) found = steps.find(id);
  return found == steps.end() ? nullptr : &found->second;
}

std::set<std::string> KernelMap::functions() const {
  std::set<std::string> names(watched.begin(), watched.end());
  for (const auto& [id, place] : steps)
    if (!place.function.empty() && place.function != "end") names.insert(place.function);
  for (const Worker& worker : workers)
    names.insert(worker.function);
  for (const Check& check : checks)
    for (const std::string& function : {check.function, check.next})
      if (!function.empty()) names.insert(function);
  return names;
}

KernelMap
read_kernel_map(const std::string& name, std::string_view text, const OtherMap& other_map) {
  try {
    const Json file = report::parse_json(text);
    return map_in(
        file, file.contains("like") ? other_map(file.at("like").get<std::string>()) : KernelMap{});
  } catch (const report::JsonError& error) {
    throw Refusal(fmt::format("{}:{}", name, error.what()));
  } catch (const Json::exception& error) {
    throw Refusal(fmt::format("{}: {}", name, error.what()));
  } catch (const Refusal& error) {
    throw Refusal(fmt::format("{}: {}", name, error.what()));
  }
}

} // namespace stalemate::reproduce
