#include "reports/hunt.hpp"

#include "reports/json.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <ostream>

namespace stalemate::report {

namespace {

std::size_t new_races(const Hunt& hunt) {
  return static_cast<std::size_t>(
      std::ranges::count_if(hunt.races, [](const HuntRace& race) { return race.known.empty(); }));
}

/// "3 races, 1 of them known"
std::string races_of(const Hunt& hunt) {
  std::string text = counted(hunt.races.size(), "race");
  const std::size_t known = hunt.races.size() - new_races(hunt);
  if (known > 0) text += fmt::format(", {} of them known", grouped(known));
  return text;
}

void add(std::string& list, std::uint64_t count, const std::string& what) {
  if (count > 0) append(list, grouped(count) + " " + what);
}

std::string kernel_of(const Hunt& hunt) {
  return hunt.kernel.empty() ? "" : fmt::format(" [{}]", fmt::join(hunt.kernel, " "));
}

std::string difficulty(const HuntStart& start) {
  if (start.steps == 0) return "not made smaller";
  std::string text = counted(start.steps, "step");
  if (start.preemptions) text += ", " + counted(*start.preemptions, "preemption");
  return text;
}

/// The sentence about a start behind its name.
std::string told(const HuntStart& start) {
  if (!start.same_as.empty()) return fmt::format("shrinks to that of \"{}\"", start.same_as);
  if (start.scenario.empty()) return "";
  return fmt::format(
      "{}; {}{}", start.processes, difficulty(start), start.file.empty() ? "" : "; " + start.file);
}

/// How many starts have no scenario of their own, since smaller ones have the race.
std::size_t larger_starts(const HuntRace& race) {
  return static_cast<std::size_t>(std::ranges::count_if(race.starts, [](const HuntStart& start) {
    return start.scenario.empty() && start.same_as.empty();
  }));
}

Json json_of(const HuntStart& start) {
  Json json = {{"start", start.start}, {"scenarios", start.scenarios}};
  if (!start.same_as.empty()) json["same_as"] = start.same_as;
  if (start.scenario.empty()) return json;
  json["processes"] = start.processes;
  json["steps"] = start.steps;
  json["preemptions"] = nullptr;
  if (start.preemptions) json["preemptions"] = *start.preemptions;
  if (!start.file.empty()) json["file"] = start.file;
  json["scenario"] = Json::parse(start.scenario);
  return json;
}

} // namespace

std::string coverage(const Hunt& hunt) {
  std::string parts;
  add(parts, hunt.refused, "cannot exist or are not modelled");
  add(parts, hunt.vacuous, "have nothing that could break the claims");
  add(parts, hunt.held, "hold");
  add(parts,
      hunt.undecided,
      fmt::format("have more than {} and are not decided", counted(hunt.states_max, "state")));
  add(parts, hunt.broken, "break, which may hide what else is in them");
  const std::string which = hunt.stopped
                                ? fmt::format("the first {} of {} scenarios",
                                              grouped(hunt.done()),
                                              grouped(hunt.scenarios))
                                : fmt::format("all {}", counted(hunt.scenarios, "scenario"));
  return fmt::format("{} of {}{}: {}; {}{}",
                     which,
                     hunt.set,
                     kernel_of(hunt),
                     parts.empty() ? "none" : parts,
                     races_of(hunt),
                     hunt.stopped ? "; stopped: " + *hunt.stopped : "");
}

void write_hunt_text(const Hunt& hunt, std::ostream& out) {
  for (std::size_t i = 0; i < hunt.races.size(); ++i) {
    const HuntRace& race = hunt.races[i];
    out << fmt::format("{}. {}\n", i + 1, race.mechanism.claim);
    if (!race.mechanism.where.empty()) out << "  by           " << race.mechanism.where << '\n';
    for (const std::string& why : race.mechanism.why)
      out << "  since        " << why << '\n';
    if (!race.known.empty()) out << fmt::format("  known as     {}\n", fmt::join(race.known, ", "));
    out << fmt::format("  scenarios    {}\n", grouped(race.scenarios));
    for (const HuntStart& start : race.starts)
      if (const std::string text = told(start); !text.empty())
        out << fmt::format("  from         {} ({}): {}\n", start.start, start.scenarios, text);
    if (const std::size_t larger = larger_starts(race); larger > 0)
      out << fmt::format("               and {} that are larger\n", counted(larger, "start"));
    out << '\n';
  }
  const std::string text = coverage(hunt);
  out << fmt::format("{} can exist, {} cannot; {} visited\n",
                     counted(hunt.layouts, "layout"),
                     grouped(hunt.layouts_refused),
                     counted(hunt.states, "state"))
      << text << '\n';
}

void write_hunt_markdown(const Hunt& hunt, std::ostream& out) {
  out << "| race | from | processes | hit by | scenarios | known as "
         "|\n|---|---|---|---|---:|---|\n";
  for (const HuntRace& race : hunt.races) {
    std::string name = table_cell(text(race.mechanism));
    for (const HuntStart& start : race.starts) {
      if (start.scenario.empty()) continue;
      out << fmt::format("| {} | {} | {} | {} | {} | {} |\n",
                         name,
                         table_cell(start.start),
                         start.processes,
                         difficulty(start),
                         start.scenarios,
                         table_cell(fmt::to_string(fmt::join(race.known, ", "))));
      name.clear();
    }
  }
  std::string sentence = coverage(hunt);
  sentence.front() = static_cast<char>(std::toupper(sentence.front()));
  out << '\n' << sentence << ".\n";
}

void write_hunt_json(const Hunt& hunt, std::ostream& out) {
  Json races = Json::array();
  for (const HuntRace& race : hunt.races) {
    Json starts = Json::array();
    for (const HuntStart& start : race.starts)
      starts.push_back(json_of(start));
    races.push_back({{"mechanism",
                      {{"claim", race.mechanism.claim},
                       {"where", race.mechanism.where},
                       {"why", race.mechanism.why}}},
                     {"scenarios", race.scenarios},
                     {"known", race.known},
                     {"starts", std::move(starts)}});
  }
  Json json = {{"format", "stalemate-hunt"},
               {"version", 1},
               {"set", hunt.set},
               {"kernel", hunt.kernel},
               {"layouts", hunt.layouts},
               {"layouts_refused", hunt.layouts_refused},
               {"scenarios", hunt.scenarios},
               {"done", hunt.done()},
               {"refused", hunt.refused},
               {"vacuous", hunt.vacuous},
               {"hold", hunt.held},
               {"break", hunt.broken},
               {"undecided", hunt.undecided},
               {"states", hunt.states},
               {"states_max", hunt.states_max},
               {"stopped", nullptr},
               {"races", std::move(races)},
               {"coverage", coverage(hunt)}};
  if (hunt.stopped) json["stopped"] = *hunt.stopped;
  write_json(json, out);
}

} // namespace stalemate::report
