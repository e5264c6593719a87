#include "reports/teeth_json.hpp"

#include "reports/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <ostream>

namespace stalemate::report {

namespace {

using Outcome = Tooth::Outcome;

constexpr int outcomes = static_cast<int>(Outcome::refused) + 1;

/// The reason of an edit that is refused names places of one scenario: too much, and in the way.
Json json_of(const Tooth& tooth) {
  Json one = {{"path", tooth.path},
              {"step", tooth.step},
              {"edit", tooth.edit},
              {"outcome", word(tooth.outcome)}};
  if (!tooth.claim.empty()) {
    one["claim"] = tooth.claim;
    one["steps"] = tooth.steps;
  }
  if (!tooth.cover.empty()) one["cover"] = tooth.cover;
  if (!tooth.scenario.empty()) one["scenario"] = tooth.scenario;
  if (!tooth.reason.empty()) one["reason"] = tooth.reason;
  if (!tooth.why.empty()) one["why"] = tooth.why;
  one["scenarios"] = tooth.scenarios;
  return one;
}

/// A report that somebody else may have written.
class Reader {
 public:
  explicit Reader(const nlohmann::json& json) : json_(json) {}

  Teeth read() const {
    if (!json_.is_object() || !json_.contains("mutants") || !json_["mutants"].is_array())
      throw JsonError("1:1: no report of teeth: it has no \"mutants\"");
    Teeth teeth;
    teeth.title = text(json_, "title", true);
    teeth.scenarios = number(json_, "scenarios");
    for (const nlohmann::json& one : json_["mutants"])
      teeth.teeth.push_back(tooth(one));
    if (json_.contains("left_out") && json_["left_out"].is_array())
      for (const nlohmann::json& one : json_["left_out"])
        if (one.is_string()) teeth.left_out.push_back(one.get<std::string>());
    return teeth;
  }

 private:
  static std::string text(const nlohmann::json& object, const char* key, bool may_miss = false) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    if (found != object.end() && found->is_string()) return found->get<std::string>();
    if (may_miss && found == object.end()) return "";
    throw JsonError(
        fmt::format("1:1: no report of teeth: no text \"{}\" in {}", key, kind(object)));
  }
  static std::size_t number(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end()) return 0;
    if (found->is_number_unsigned()) return found->get<std::size_t>();
    throw JsonError(
        fmt::format("1:1: no report of teeth: \"{}\" is no number in {}", key, kind(object)));
  }
  static std::string kind(const nlohmann::json& object) {
    return object.is_object() && object.contains("edit") ? object["edit"].dump() : "a mutant";
  }

  static Tooth tooth(const nlohmann::json& json) {
    Tooth tooth;
    tooth.path = text(json, "path");
    tooth.step = text(json, "step");
    tooth.edit = text(json, "edit");
    tooth.claim = text(json, "claim", true);
    tooth.scenario = text(json, "scenario", true);
    tooth.cover = text(json, "cover", true);
    tooth.reason = text(json, "reason", true);
    tooth.why = text(json, "why", true);
    tooth.steps = number(json, "steps");
    tooth.scenarios = number(json, "scenarios");
    const std::string outcome = text(json, "outcome");
    for (int i = 0; i < outcomes; ++i)
      if (outcome == word(static_cast<Outcome>(i))) {
        tooth.outcome = static_cast<Outcome>(i);
        return tooth;
      }
    throw JsonError(fmt::format("1:1: no report of teeth: unknown outcome \"{}\"", outcome));
  }

  const nlohmann::json& json_;
};

} // namespace

void write_teeth_json(const Teeth& teeth, std::ostream& out) {
  const auto line = [](const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  };
  out << fmt::format("{{\n  \"format\": \"stalemate-teeth\",\n  \"version\": 1,\n  \"title\": "
                     "{},\n  \"scenarios\": {},\n  \"left_out\": {},\n",
                     line(teeth.title),
                     teeth.scenarios,
                     line(teeth.left_out));
  const TeethCounts counts = counts_of(teeth.teeth);
  Json numbers = Json::object();
  numbers["mutants"] = counts.mutants();
  for (int i = 0; i < outcomes; ++i)
    numbers[word(static_cast<Outcome>(i))] =
        std::ranges::count(teeth.teeth, static_cast<Outcome>(i), &Tooth::outcome);
  numbers["share"] = counts.share();
  out << "  \"summary\": " << line(numbers) << ",\n  \"mutants\": [";
  const char* separator = "\n    ";
  for (const Tooth& tooth : teeth.teeth) {
    out << separator << line(json_of(tooth));
    separator = ",\n    ";
  }
  out << "\n  ]\n}\n";
}

Teeth read_teeth_json(const std::string& json) {
  return Reader(parse_json(json)).read();
}

std::vector<Explanation> read_explanations(const std::string& json) {
  const nlohmann::json list = parse_json(json);
  const auto text = [](const nlohmann::json& one, const char* key) {
    if (one.is_object() && one.contains(key) && one[key].is_string() &&
        !one[key].get<std::string>().empty())
      return one[key].get<std::string>();
    throw JsonError(
        fmt::format("1:1: no list of explanations: no text \"{}\" in {}", key, one.dump()));
  };
  if (!list.is_array()) throw JsonError("1:1: no list of explanations");
  std::vector<Explanation> all;
  for (const nlohmann::json& one : list)
    all.push_back({text(one, "path"), text(one, "step"), text(one, "edit"), text(one, "why")});
  return all;
}

std::vector<std::string> differences(const Teeth& teeth, const Teeth& earlier) {
  std::map<std::string, Outcome> expected;
  for (const Tooth& tooth : earlier.teeth)
    expected[name_of(tooth)] = tooth.outcome;
  std::vector<std::string> found;
  for (const Tooth& tooth : teeth.teeth) {
    const std::string name = name_of(tooth);
    const auto was = expected.find(name);
    if (was == expected.end())
      found.push_back(fmt::format("{}: new: {}", name, answer_of(tooth)));
    else if (was->second != tooth.outcome)
      found.push_back(fmt::format("{}: was {}, now {}", name, word(was->second), answer_of(tooth)));
    if (was != expected.end()) expected.erase(was);
  }
  for (const auto& [name, outcome] : expected)
    found.push_back(fmt::format("{}: was {}, now it is gone", name, word(outcome)));
  return found;
}

} // namespace stalemate::report
