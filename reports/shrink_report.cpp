#include "reports/shrink_report.hpp"

#include "reports/json.hpp"

#include <fmt/format.h>

#include <ostream>

namespace stalemate::report {

namespace {

void write_row(const std::string& name, const std::string& text, std::ostream& out) {
  out << fmt::format("  {:<12} {}\n", name, text);
}

std::string change(std::size_t before, std::size_t after) {
  return before == after ? std::to_string(after) : fmt::format("{}, of {}", after, before);
}

void write_size(const ShrinkReport& report, std::ostream& out) {
  const ShrinkSize& before = report.before;
  const ShrinkSize& after = report.after;
  write_row("processes",
            change(before.processes, after.processes) +
                (report.has_fewest_processes ? "; no smaller set of them breaks so" : ""),
            out);
  if (before.blocks && after.blocks)
    write_row("blocks", change(*before.blocks, *after.blocks), out);
  if (before.edits + before.knobs > 0) {
    write_row("edits", change(before.edits, after.edits), out);
    write_row("knobs", change(before.knobs, after.knobs), out);
  }
  write_row("says", change(before.values, after.values) + " values", out);
}

Json json_of(const ShrinkSize& of) {
  Json json;
  json["processes"] = of.processes;
  if (of.blocks) json["blocks"] = *of.blocks;
  json["edits"] = of.edits;
  json["knobs"] = of.knobs;
  json["values"] = of.values;
  return json;
}

} // namespace

void write_shrink_text(const ShrinkReport& report, std::ostream& out) {
  out << report.scenario << ": " << report.mechanism.claim << '\n';
  if (!report.mechanism.where.empty()) write_row("by", report.mechanism.where, out);
  for (const std::string& why : report.mechanism.why)
    write_row(&why == &report.mechanism.why.front() ? "since" : "", why, out);
  write_size(report, out);
  write_row("steps", std::to_string(report.steps), out);
  if (!report.preemptions) {
    write_row("preemptions", "not counted: there is too much, or a run that goes on", out);
  } else {
    write_row("preemptions", std::to_string(report.preemptions->size()), out);
    for (const auto& one : *report.preemptions)
      write_row("", fmt::format("{} before {}", one.process, one.step), out);
  }
  write_row("tries", std::to_string(report.tries), out);
  if (report.undecided > 0)
    write_row("", fmt::format("{} undecided, as a limit ended them", report.undecided), out);
}

void write_shrink_json(const ShrinkReport& report, const std::string& scenario, std::ostream& out) {
  Json json;
  json["format"] = "stalemate-shrink";
  json["version"] = 1;
  json["scenario"] = report.scenario;
  json["mechanism"] = {{"claim", report.mechanism.claim},
                       {"where", report.mechanism.where},
                       {"why", report.mechanism.why}};
  json["before"] = json_of(report.before);
  json["after"] = json_of(report.after);
  json["fewest_processes"] = report.has_fewest_processes;
  json["steps"] = report.steps;
  json["preemptions"] = nullptr;
  if (report.preemptions) {
    json["preemptions"] = Json::array();
    for (const auto& one : *report.preemptions)
      json["preemptions"].push_back({{"process", one.process}, {"before", one.step}});
  }
  json["tries"] = report.tries;
  json["undecided"] = report.undecided;
  json["shrunk"] = Json::parse(scenario);
  write_json(json, out);
}

} // namespace stalemate::report
