#include "reports/mechanism.hpp"

#include "reports/causality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace stalemate::report {

namespace {

const ir::Process& process_at(const ir::Model& model, int process) {
  return model.processes[static_cast<std::size_t>(process)];
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// "folio[1].lock" and "folio[0].lock" are one lock here, "folio 0" and "folio 1" one folio.
std::string without_numbers(const std::string& name) {
  std::string text;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '[') {
      i = std::min(name.find(']', i), name.size() - 1);
    } else if (!is_digit(name[i])) {
      if (name[i] != ' ' || text.empty() || text.back() != ' ') text += name[i];
    }
  }
  return text;
}

/// A variable as every process of the path would call it.
std::string name_of(const ir::Model& model, ir::VariableId id) {
  const ir::Variable& variable = model.variables[static_cast<std::size_t>(id)];
  std::string name = variable.name;
  if (variable.owner >= 0) {
    const std::string prefix = process_at(model, variable.owner).name + ".";
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
  }
  return without_numbers(name);
}

std::string place_of(const ir::Model& model, const TraceStep& taken) {
  const ir::Process& process = process_at(model, taken.process);
  const ir::Step& step = process.steps[static_cast<std::size_t>(taken.step)];
  return fmt::format(
      "{}, in {}", process.path, model.functions[static_cast<std::size_t>(step.function)].name);
}

/// The value that was relied on last.
std::vector<std::string> stale_value(const ir::Model& model, const Trace& trace) {
  const Causality found = causality(model, trace);
  int last = -1;
  for (const Stale& stale : found.stale)
    last = std::max(last, stale.used);
  std::set<std::string> names;
  for (const Stale& stale : found.stale)
    if (stale.used == last)
      names.insert(
          fmt::format("{} goes by {}",
                      process_at(model, trace.steps[static_cast<std::size_t>(last)].process).path,
                      name_of(model, stale.cell.variable)));
  if (names.empty()) return {};
  return {*names.begin()};
}

std::vector<std::string> waits(const ir::Model& model, const Trace& trace) {
  std::set<std::string> all;
  for (const Blocked& blocked : trace.blocked) {
    const bool is_in_ring = std::ranges::find(trace.cycle, blocked.process) != trace.cycle.end();
    if (trace.cycle.empty() || is_in_ring)
      all.insert(fmt::format("{} waits for {}",
                             process_at(model, blocked.process).path,
                             without_numbers(blocked.what)));
  }
  return {all.begin(), all.end()};
}

/// Who goes on for ever.
std::string round_of(const ir::Model& model, const Trace& trace) {
  std::set<std::string> paths;
  for (std::size_t i = *trace.loop; i < trace.steps.size(); ++i)
    paths.insert(process_at(model, trace.steps[i].process).path);
  return fmt::format("{}, for ever", fmt::join(paths, " and "));
}

} // namespace

Mechanism mechanism(const ir::Model& model, const Trace& trace) {
  Mechanism result;
  const bool is_named = trace.property >= 0;
  const std::string name =
      is_named ? model.properties[static_cast<std::size_t>(trace.property)].name : "the model";
  const bool is_run =
      is_named &&
      ir::is_about_runs(model.properties[static_cast<std::size_t>(trace.property)].kind);
  const bool is_broken = trace.verdict == Verdict::violated || trace.verdict == Verdict::latent;
  result.claim =
      is_broken ? name + " is violated" : fmt::format("{}: {}", name, word(trace.verdict));
  if (is_broken && !is_run && !trace.steps.empty()) {
    result.where = place_of(model, trace.steps.back());
    result.why = stale_value(model, trace);
    return result;
  }
  if (trace.process >= 0)
    result.where = process_at(model, trace.process).path;
  else if (is_run && !trace.steps.empty())
    result.where = trace.loop ? round_of(model, trace) : place_of(model, trace.steps.back());
  result.why = waits(model, trace);
  return result;
}

std::string text(const Mechanism& mechanism) {
  std::string text = mechanism.claim;
  if (!mechanism.where.empty()) text += " by " + mechanism.where;
  if (!mechanism.why.empty()) text += fmt::format("; {}", fmt::join(mechanism.why, "; "));
  return text;
}

} // namespace stalemate::report
