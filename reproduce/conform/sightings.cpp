#include "reproduce/conform/sightings.hpp"

#include "checker/ir/step_id.hpp"
#include "reports/json.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

namespace stalemate::reproduce {

namespace {

using Json = nlohmann::json;

constexpr std::array<std::pair<const char*, observe::Times>, 3> kinds_of_times{
    {{"once", observe::Times::once},
     {"often", observe::Times::often},
     {"maybe", observe::Times::maybe}}};

std::vector<std::string> functions_in(const Json& value) {
  if (value.is_array()) return value.get<std::vector<std::string>>();
  return {value.get<std::string>()};
}

std::map<long long, std::string> returns_in(const std::string& id, const Json& values) {
  std::map<long long, std::string> returns;
  for (const auto& [text, note] : values.items()) {
    long long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
      throw Refusal(fmt::format("{}: returns: \"{}\" is no number", id, text));
    returns[value] = note.get<std::string>();
  }
  return returns;
}

Sighting sighting_in(const std::string& id, const Json& entry) {
  Sighting sighting;
  int said = 0;
  for (const auto& [key, value] : entry.items()) {
    const auto kind =
        std::ranges::find(kinds_of_times, key, [](const auto& k) { return std::string(k.first); });
    if (kind != kinds_of_times.end()) {
      sighting.times = kind->second;
      sighting.functions = functions_in(value);
      ++said;
    } else if (key == "unseen") {
      sighting.why = value.get<std::string>();
      ++said;
    } else if (key == "why") {
      sighting.why = value.get<std::string>();
    } else if (key == "returns") {
      sighting.returns = returns_in(id, value);
    } else if (key == "like") {
      sighting.like = value.get<std::string>();
    } else if (key == "anyone") {
      sighting.is_of_anyone = value.get<bool>();
    } else if (key == "bits") {
      sighting.bits = value.get<int>();
    } else {
      throw Refusal(fmt::format("{}: unknown key \"{}\"", id, key));
    }
  }
  if (said != 1) throw Refusal(fmt::format("{}: one of once, often, maybe, unseen is needed", id));
  return sighting;
}

Sightings sightings_in(const Json& file) {
  Sightings sightings;
  for (const auto& [id, entry] : file.at("steps").items())
    sightings.steps[id] = sighting_in(id, entry);
  for (const Json& worker : file.at("workers"))
    sightings.workers.push_back(
        {worker.at("function").get<std::string>(), worker.at("role").get<std::string>()});
  for (const Json& one : file.at("divergences"))
    sightings.divergences.push_back({one.at("key").get<std::string>(),
                                     one.at("whose").get<std::string>(),
                                     one.at("why").get<std::string>()});
  sightings.takes_mapping = file.at("takes_mapping").get<std::vector<std::string>>();
  sightings.watched = file.at("watched").get<std::vector<std::string>>();
  return sightings;
}

/// A function that can be held is one whose calls can be seen.
Sighting as_the_map_says(const KernelMap& map, const Place& place) {
  using Kind = Place::Kind;
  Sighting sighting;
  sighting.why = place.why;
  const bool is_mark = place.function == "end" || place.function == "begin";
  if (place.kind == Kind::none || place.kind == Kind::seen || is_mark) return sighting;
  sighting.times = place.kind == Kind::inside ? observe::Times::maybe : observe::Times::once;
  sighting.functions = {place.function};
  for (const auto& [value, note] : place.returns)
    sighting.returns[std::stoll(value)] = note;
  const auto check = std::ranges::find(map.checks, place.function, &Check::function);
  if (check != map.checks.end()) sighting.bits = check->bits;
  return sighting;
}

} // namespace

long long Sighting::value_of(long long returned) const {
  if (bits >= 64) return returned;
  const auto shift = 64 - bits;
  const auto high = static_cast<unsigned long long>(returned) << shift;
  // A truth value has no sign.
  if (bits <= 8) return static_cast<long long>(high >> shift);
  return static_cast<long long>(high) >> shift;
}

Sightings read_sightings(const std::string& name, std::string_view text) {
  try {
    return sightings_in(report::parse_json(text));
  } catch (const report::JsonError& error) {
    throw Refusal(fmt::format("{}:{}", name, error.what()));
  } catch (const Json::exception& error) {
    throw Refusal(fmt::format("{}: {}", name, error.what()));
  } catch (const Refusal& error) {
    throw Refusal(fmt::format("{}: {}", name, error.what()));
  }
}

std::optional<Found> sighting_of(const Sightings& sightings,
                                 const KernelMap& map,
                                 const std::string& id,
                                 const std::string& note) {
  const std::string alternative = id + " / " + ir::without_numbers(note);
  for (const std::string& key : {alternative, id}) {
    if (const auto found = sightings.steps.find(key); found != sightings.steps.end())
      return Found{found->second.like.empty() ? key : found->second.like, found->second};
    if (const auto place = map.steps.find(key); place != map.steps.end())
      return Found{key, as_the_map_says(map, place->second)};
  }
  return std::nullopt;
}

std::vector<std::string> watched_functions(const Sightings& sightings, const KernelMap& map) {
  std::set<std::string> all(sightings.watched.begin(), sightings.watched.end());
  for (const auto& [id, sighting] : sightings.steps)
    all.insert(sighting.functions.begin(), sighting.functions.end());
  for (const auto& [id, place] : map.steps)
    if (!sightings.steps.contains(id))
      for (const std::string& function : as_the_map_says(map, place).functions)
        all.insert(function);
  for (const Worker& worker : map.workers)
    all.insert(worker.function);
  for (const RoleOfWorker& worker : sightings.workers)
    all.insert(worker.function);
  return {all.begin(), all.end()};
}

} // namespace stalemate::reproduce
