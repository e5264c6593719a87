#include "cli/hunt_totals.hpp"

#include "model/scenario/excerpt.hpp"
#include "model/scenario/read_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::cli {

namespace {

Json json_of(const report::Mechanism& mechanism) {
  return {{"claim", mechanism.claim}, {"where", mechanism.where}, {"why", mechanism.why}};
}

report::Mechanism mechanism_of(const Json& json) {
  return {json.at("claim").get<std::string>(),
          json.at("where").get<std::string>(),
          json.at("why").get<std::vector<std::string>>()};
}

HuntTotals::Start start_of(const Json& json) {
  return {json.at("start").get<std::string>(),
          json.at("size").get<int>(),
          json.at("scenarios").get<std::uint64_t>(),
          json.at("scenario").get<std::string>()};
}

HuntTotals totals_of(const Json& json) {
  HuntTotals totals;
  const auto read = [&](const char* key, std::uint64_t& to) {
    to = json.at(key).get<std::uint64_t>();
  };
  read("refused", totals.refused);
  read("vacuous", totals.vacuous);
  read("hold", totals.held);
  read("undecided", totals.undecided);
  read("break", totals.broken);
  read("states", totals.states);
  totals.applied = json.at("applied").get<std::vector<bool>>();
  totals.refusal = json.at("refusal").get<std::string>();
  for (const Json& one : json.at("races")) {
    HuntTotals::Race race;
    race.mechanism = mechanism_of(one.at("mechanism"));
    race.scenarios = one.at("scenarios").get<std::uint64_t>();
    for (const Json& start : one.at("starts"))
      race.starts.push_back(start_of(start));
    totals.races.push_back(std::move(race));
  }
  return totals;
}

} // namespace

void HuntTotals::add(HuntEnding ending) {
  using Kind = HuntEnding::Kind;
  states += ending.states;
  applied.resize(ending.applied.size());
  for (std::size_t i = 0; i < applied.size(); ++i)
    applied[i] = applied[i] || ending.applied[i];
  if (refusal.empty()) refusal = std::move(ending.refusal);
  switch (ending.kind) {
  case Kind::refused:
    ++refused;
    return;
  case Kind::vacuous:
    ++vacuous;
    return;
  case Kind::holds:
    ++held;
    return;
  case Kind::undecided:
    ++undecided;
    return;
  case Kind::broken:
    ++broken;
    break;
  }
  auto race = std::ranges::find(races, ending.mechanism, &Race::mechanism);
  if (race == races.end()) race = races.insert(races.end(), {std::move(ending.mechanism), 0, {}});
  ++race->scenarios;
  auto start = std::ranges::find(race->starts, ending.start, &Start::start);
  if (start == race->starts.end())
    start = race->starts.insert(race->starts.end(),
                                {std::move(ending.start), ending.size, 0, std::move(ending.text)});
  ++start->scenarios;
}

std::string HuntTotals::journal(const std::string& hunt) const {
  Json all = Json::array();
  for (const Race& race : races) {
    Json starts = Json::array();
    for (const Start& start : race.starts)
      starts.push_back({{"start", start.start},
                        {"size", start.size},
                        {"scenarios", start.scenarios},
                        {"scenario", start.text}});
    all.push_back({{"mechanism", json_of(race.mechanism)},
                   {"scenarios", race.scenarios},
                   {"starts", std::move(starts)}});
  }
  const Json json = {{"format", "stalemate-hunt-state"},
                     {"hunt", hunt},
                     {"refused", refused},
                     {"vacuous", vacuous},
                     {"hold", held},
                     {"undecided", undecided},
                     {"break", broken},
                     {"states", states},
                     {"applied", applied},
                     {"refusal", refusal},
                     {"races", std::move(all)}};
  return json.dump(1) + "\n";
}

HuntTotals
HuntTotals::of_journal(const std::string& text, const std::string& hunt, const std::string& file) {
  const auto refuse = [&](const std::string& what) {
    throw kernel::InputError(fmt::format("{}: {}", kernel::printable(file, 300), what));
  };
  try {
    const Json json = Json::parse(text);
    if (json.at("hunt").get<std::string>() != hunt)
      refuse("is the journal of another hunt: go on with its arguments, or name another file");
    return totals_of(json);
  } catch (const Json::exception&) {
    refuse("is no journal of a hunt; to begin anew, name a file that is not there");
  }
  return {};
}

} // namespace stalemate::cli
