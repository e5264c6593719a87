#include "reports/teeth.hpp"

#include "reports/json.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <tuple>

namespace stalemate::report {

namespace {

using Outcome = Tooth::Outcome;

constexpr std::array outcomes{Outcome::caught,
                              Outcome::survives,
                              Outcome::undecided,
                              Outcome::same,
                              Outcome::never_run,
                              Outcome::refused};

std::string in_scenarios(std::size_t count) {
  return fmt::format("in {} scenario{}", count, count == 1 ? "" : "s");
}

std::string answer_of(const Tooth& tooth) {
  switch (tooth.outcome) {
  case Outcome::caught:
    return fmt::format("{} after {} steps ({})", tooth.claim, tooth.steps, tooth.scenario);
  case Outcome::survives:
    return "nothing notices, " + in_scenarios(tooth.scenarios);
  case Outcome::undecided:
    return fmt::format("undecided: {} ({})", tooth.reason, tooth.scenario);
  case Outcome::same:
    return "the same program, " + in_scenarios(tooth.scenarios);
  case Outcome::never_run:
    return "never runs, " + in_scenarios(tooth.scenarios);
  case Outcome::refused:
    return "no such edit: " + tooth.reason;
  }
  return "";
}

bool is_mutant(const Tooth& tooth) {
  return tooth.outcome == Outcome::caught || tooth.outcome == Outcome::survives ||
         tooth.outcome == Outcome::undecided;
}

std::string name_of(const std::string& path, const std::string& step, const std::string& edit) {
  return fmt::format("{}{}{}: {}", path, step.empty() ? "" : ", ", step, edit);
}

} // namespace

const char* word(Outcome outcome) {
  static constexpr std::array words{
      "caught", "survives", "undecided", "same program", "never runs", "no such edit"};
  return words.at(static_cast<std::size_t>(outcome));
}

std::size_t count_of(const Teeth& teeth, Outcome outcome) {
  return static_cast<std::size_t>(std::ranges::count(teeth.teeth, outcome, &Tooth::outcome));
}

std::string summary(const Teeth& teeth) {
  const auto count = [&](Outcome outcome) { return count_of(teeth, outcome); };
  return fmt::format("{} mutants {}: {} caught, {} survive, {} undecided; besides {} "
                     "are the same program, {} never run, {} are no edits",
                     count(Outcome::caught) + count(Outcome::survives) + count(Outcome::undecided),
                     in_scenarios(teeth.scenarios),
                     count(Outcome::caught),
                     count(Outcome::survives),
                     count(Outcome::undecided),
                     count(Outcome::same),
                     count(Outcome::never_run),
                     count(Outcome::refused));
}

void write_teeth_text(const Teeth& teeth, bool is_whole, std::ostream& out) {
  std::string path;
  std::string step;
  for (const Tooth& tooth : teeth.teeth) {
    if (!is_whole && !is_mutant(tooth)) continue;
    if (tooth.path != path) {
      out << (path.empty() ? "" : "\n") << tooth.path << '\n';
      step.clear();
    }
    if (tooth.step != step) out << "  " << tooth.step << '\n';
    path = tooth.path;
    step = tooth.step;
    out << fmt::format(
        "{}{:<40}  {}\n", step.empty() ? "  " : "    ", tooth.edit, answer_of(tooth));
  }
  if (!teeth.teeth.empty()) out << '\n';
  for (const std::string& one : teeth.left_out)
    out << "left out: " << one << '\n';
  out << summary(teeth) << '\n';
}

void write_teeth_markdown(const Teeth& teeth, std::ostream& out) {
  out << "| path | step | edit | noticed by | steps | in |\n|---|---|---|---|---:|---|\n";
  for (const Tooth& tooth : teeth.teeth) {
    if (!is_mutant(tooth)) continue;
    const bool is_caught = tooth.outcome == Outcome::caught;
    out << fmt::format("| {} | {} | {} | {} | {} | {} |\n",
                       tooth.path,
                       table_cell(tooth.step),
                       table_cell(tooth.edit),
                       is_caught ? tooth.claim : "**" + table_cell(answer_of(tooth)) + "**",
                       is_caught ? std::to_string(tooth.steps) : "",
                       is_caught ? tooth.scenario : "");
  }
  out << '\n' << summary(teeth) << ".\n";
  for (const std::string& one : teeth.left_out)
    out << "\nLeft out: " << one << '\n';
}

void write_teeth_json(const Teeth& teeth, std::ostream& out) {
  Json all = Json::array();
  for (const Tooth& tooth : teeth.teeth) {
    Json one = {{"path", tooth.path},
                {"step", tooth.step},
                {"edit", tooth.edit},
                {"outcome", word(tooth.outcome)}};
    if (tooth.outcome == Outcome::caught) {
      one["claim"] = tooth.claim;
      one["steps"] = tooth.steps;
    }
    if (!tooth.scenario.empty()) one["scenario"] = tooth.scenario;
    if (!tooth.reason.empty()) one["reason"] = tooth.reason;
    one["scenarios"] = tooth.scenarios;
    all.push_back(std::move(one));
  }
  Json counts = Json::object();
  for (const Outcome outcome : outcomes)
    counts[word(outcome)] = count_of(teeth, outcome);
  write_json({{"mutants", std::move(all)},
              {"scenarios", teeth.scenarios},
              {"left_out", teeth.left_out},
              {"summary", std::move(counts)}},
             out);
}

std::vector<std::string> differences(const Teeth& teeth, const std::string& json) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::map<Key, std::string> expected;
  const nlohmann::json before = parse_json(json);
  const auto text = [](const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string())
      throw JsonError(fmt::format("1:1: no report of teeth: a mutant has no \"{}\"", key));
    return found->get<std::string>();
  };
  if (!before.is_object() || !before.contains("mutants") || !before["mutants"].is_array())
    throw JsonError("1:1: no report of teeth: it has no \"mutants\"");
  for (const nlohmann::json& one : before["mutants"])
    expected[{text(one, "path"), text(one, "step"), text(one, "edit")}] = text(one, "outcome");

  std::vector<std::string> found;
  for (const Tooth& tooth : teeth.teeth) {
    const auto was = expected.find({tooth.path, tooth.step, tooth.edit});
    const std::string name = name_of(tooth.path, tooth.step, tooth.edit);
    if (was == expected.end())
      found.push_back(fmt::format("{}: new: {}", name, answer_of(tooth)));
    else if (was->second != word(tooth.outcome))
      found.push_back(fmt::format("{}: was {}, now {}", name, was->second, answer_of(tooth)));
    if (was != expected.end()) expected.erase(was);
  }
  for (const auto& [key, outcome] : expected)
    found.push_back(fmt::format("{}: was {}, now it is gone",
                                name_of(std::get<0>(key), std::get<1>(key), std::get<2>(key)),
                                outcome));
  return found;
}

} // namespace stalemate::report
