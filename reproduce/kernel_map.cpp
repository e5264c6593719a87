#include "reproduce/kernel_map.hpp"

#include "checker/ir/step_id.hpp"
#include "reports/json.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
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

KernelMap map_in(const Json& file) {
  KernelMap map;
  map.version = file.at("version").get<std::string>();
  for (const auto& [id, entry] : file.at("steps").items())
    map.steps[id] = place_in(id, entry);
  for (const Json& worker : file.at("workers"))
    map.workers.push_back(
        {worker.at("function").get<std::string>(), worker.at("path").get<std::string>()});
  for (const Json& check : file.at("checks"))
    map.checks.push_back({check.at("function").get<std::string>(),
                          check.at("fired").get<long>(),
                          check.at("bits").get<int>(),
                          check.at("text").get<std::string>()});
  map.watched = file.at("watched").get<std::vector<std::string>>();
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

KernelMap read_kernel_map(const std::string& name, std::string_view text) {
  try {
    return map_in(report::parse_json(text));
  } catch (const report::JsonError& error) {
    throw Refusal(fmt::format("{}:{}", name, error.what()));
  } catch (const Json::exception& error) {
    throw Refusal(fmt::format("{}: {}", name, error.what()));
  } catch (const Refusal& error) {
    throw Refusal(fmt::format("{}: {}", name, error.what()));
  }
}

} // namespace stalemate::reproduce
