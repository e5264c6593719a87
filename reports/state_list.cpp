#include "reports/state_list.hpp"

#include "checker/ir/sort.hpp"
#include "reports/json.hpp"
#include "reports/words.hpp"
#include "reports/wrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <ostream>
#include <utility>

namespace stalemate::report {

namespace {

std::string numbers(int count) {
  return count == 1 ? "0" : fmt::format("0..{}", count - 1);
}

/// The cells of a variable as expressions name them, all in one.
std::string cells_name(const ir::Variable& variable) {
  if (variable.shape.empty()) return variable.name;
  const auto dot = variable.name.rfind('.');
  const auto property = dot == std::string::npos ? std::string() : variable.name.substr(dot);
  const auto rows = variable.rows.empty() ? numbers(variable.shape[0])
                                          : fmt::format("{}", fmt::join(variable.rows, ", "));
  auto name = fmt::format("{}[{}]{}", variable.name.substr(0, dot), rows, property);
  if (variable.shape.size() == 2) name += fmt::format("[{}]", numbers(variable.shape[1]));
  return name;
}

StateEntry state_entry(const ir::Model& model, const ir::Variable& variable) {
  const ir::Sort sort = ir::sort_of(variable);
  StateEntry entry{cells_name(variable), {}, variable.range, {}, "", variable.ghost, ""};
  for (auto value = variable.range.low; value <= variable.range.high; ++value)
    if (sort.form != ir::Sort::Form::number) entry.words.push_back(ir::literal(model, sort, value));
  for (const int value : variable.initial)
    entry.initial.push_back(ir::literal(model, sort, value));
  const auto& first = entry.initial.front();
  if (std::ranges::all_of(entry.initial, [&](const auto& one) { return one == first; }))
    entry.initial.resize(1);
  if (variable.owner != ir::shared) entry.owner = process_of(model, variable.owner).name;
  if (variable.value_of && variable.kind == ir::Kind::number)
    entry.stands_for =
        model.scalarsets[static_cast<std::size_t>(variable.value_of->scalarset)].name;
  return entry;
}

/// "0..3, at first 0; numbers of a folio"
std::string state_values_text(const StateEntry& entry) {
  auto text = entry.words.empty() ? fmt::format("{}..{}", entry.range.low, entry.range.high)
                                  : fmt::format("{}", fmt::join(entry.words, ", "));
  text += fmt::format("; at first {}", fmt::join(entry.initial, ", "));
  if (!entry.stands_for.empty()) text += "; stands for a " + entry.stands_for;
  return text;
}

void write_state_lines(const std::vector<StateEntry>& entries,
                       const std::string& heading,
                       const std::function<bool(const StateEntry&)>& belongs,
                       std::ostream& out) {
  constexpr std::size_t width = 34;
  const std::string margin(width + 2, ' ');
  bool is_first = true;
  for (const StateEntry& entry : entries) {
    if (!belongs(entry)) continue;
    if (is_first) out << heading << '\n';
    is_first = false;
    std::string line = "  " + entry.name;
    if (line.size() >= margin.size()) {
      out << line << '\n';
      line.clear();
    }
    line.resize(margin.size(), ' ');
    for (const auto& part :
         wrapped(state_values_text(entry), line_columns() - static_cast<double>(margin.size()))) {
      out << line << part << '\n';
      line = margin;
    }
  }
  if (!is_first) out << '\n';
}

} // namespace

std::vector<StateEntry> state_entries(const ir::Model& model) {
  std::vector<StateEntry> entries;
  for (const ir::Variable& variable : model.variables)
    if (variable.kind != ir::Kind::location) entries.push_back(state_entry(model, variable));
  return entries;
}

void write_state_text(const ir::Model& model, const std::string& scenario, std::ostream& out) {
  const auto entries = state_entries(model);
  write_state_lines(
      entries,
      "shared:",
      [](const StateEntry& one) { return one.owner.empty() && !one.is_ghost; },
      out);
  write_state_lines(
      entries,
      "for claims only, no step may depend on it:",
      [](const StateEntry& one) { return one.is_ghost; },
      out);
  for (const ir::Process& process : model.processes)
    write_state_lines(
        entries,
        fmt::format("written by {} alone:", process.name),
        [&](const StateEntry& one) { return one.owner == process.name && !one.is_ghost; },
        out);

  out << "processes, for done(), at() and holder():\n";
  for (const ir::Process& process : model.processes)
    out << fmt::format("  {:<32}  runs {}\n", process.name, process.path);
  out << fmt::format(
      "\nThe steps for at(), as \"function: phrase\": stalemate show {} --scenario {}\n",
      model.processes.front().path,
      scenario);
}

void write_state_json(const ir::Model& model, std::ostream& out) {
  Json variables = Json::array();
  for (const StateEntry& entry : state_entries(model)) {
    Json one{{"name", entry.name}};
    if (entry.words.empty())
      one["range"] = {entry.range.low, entry.range.high};
    else
      one["values"] = entry.words;
    one["initial"] = entry.initial;
    one["owner"] = entry.owner.empty() ? Json() : Json(entry.owner);
    one["ghost"] = entry.is_ghost;
    one["stands_for"] = entry.stands_for.empty() ? Json() : Json(entry.stands_for);
    variables.push_back(std::move(one));
  }
  Json processes = Json::array();
  for (const ir::Process& process : model.processes) {
    Json steps = Json::array();
    for (const ir::Step& step : process.steps)
      steps.push_back(ir::step_name(model, step));
    processes.push_back(
        {{"name", process.name}, {"path", process.path}, {"steps", std::move(steps)}});
  }
  write_json({{"variables", std::move(variables)}, {"processes", std::move(processes)}}, out);
}

} // namespace stalemate::report
