#include "reports/itf.hpp"

#include "reports/json.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <string>

namespace stalemate::report {

namespace {

constexpr auto action_name = "mbt::actionTaken";

Json itf_value(const ir::Variable& variable, int value) {
  switch (variable.kind) {
  case ir::Kind::boolean:
    return value != 0;
  case ir::Kind::number:
    return value;
  default:
    return ir::value_name(variable, value);
  }
}

/// All cells of a variable: one value, a sequence, or one of sequences.
Json itf_cells(const ir::Variable& variable, const std::vector<int>& values) {
  if (variable.shape.empty()) return itf_value(variable, values.front());
  const std::size_t columns =
      variable.shape.size() == 1 ? 1 : static_cast<std::size_t>(variable.shape.back());
  Json result = Json::array();
  for (std::size_t row = 0; row < values.size() / columns; ++row) {
    if (variable.shape.size() == 1) {
      result.push_back(itf_value(variable, values[row]));
      continue;
    }
    Json cells = Json::array();
    for (std::size_t column = 0; column < columns; ++column)
      cells.push_back(itf_value(variable, values[row * columns + column]));
    result.push_back(std::move(cells));
  }
  return result;
}

Json itf_state(const ir::Model& model,
               const ir::Valuation& values,
               std::size_t number,
               const std::string& action) {
  Json state = {{"#meta", {{"index", number}}}, {action_name, action}};
  for (std::size_t v = 0; v < model.variables.size(); ++v)
    state[model.variables[v].name] = itf_cells(model.variables[v], values[v]);
  return state;
}

std::string action_of(const ir::Model& model, const TraceStep& taken) {
  const ir::Step& step = step_of(model, taken.process, taken.step);
  const std::string& note = step.alternatives[static_cast<std::size_t>(taken.alternative)].note;
  return fmt::format("{}: {}{}{}",
                     process_of(model, taken.process).name,
                     ir::step_name(model, step),
                     note.empty() ? "" : " / ",
                     note);
}

} // namespace

void write_itf(const ir::Model& model,
               const Trace& trace,
               const Caption& caption,
               std::ostream& out) {
  Json vars = {action_name};
  for (const ir::Variable& variable : model.variables)
    vars.push_back(variable.name);
  Json states = Json::array();
  ir::Valuation values = trace.initial;
  states.push_back(itf_state(model, values, 0, "init"));
  for (const TraceStep& taken : trace.steps) {
    for (const Change& change : taken.changes)
      values[static_cast<std::size_t>(change.cell.variable)]
            [static_cast<std::size_t>(change.cell.index)] = change.after;
    const ir::Process& process = process_of(model, taken.process);
    const ir::Step& step = step_of(model, taken.process, taken.step);
    values[static_cast<std::size_t>(process.location)].front() =
        step.alternatives[static_cast<std::size_t>(taken.alternative)].next;
    states.push_back(itf_state(model, values, states.size(), action_of(model, taken)));
  }
  Json file = {{"#meta",
                {{"format", "ITF"},
                 {"format-description", "https://apalache-mc.org/docs/adr/015adr-trace.html"},
                 {"source", caption.head.name},
                 {"description", caption.head.first_line() + ": " + caption.verdict}}},
               {"vars", std::move(vars)},
               {"states", std::move(states)}};
  // The last state is the one to which the loop goes back, so that the next is the one behind it.
  if (trace.loop) file["loop"] = *trace.loop + 1;
  write_json(file, out);
}

} // namespace stalemate::report
