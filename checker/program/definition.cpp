#include "checker/program/definition.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate {

int location(const ir::Process& process, const ir::Valuation& state) {
  return state[static_cast<std::size_t>(process.location)][0];
}

bool is_enabled(const ir::Alternative& alternative, const ir::Valuation& state) {
  return ir::evaluate_as_written(*alternative.guard, state) != 0 &&
         std::ranges::all_of(alternative.waits, [&](const ir::Wait& wait) {
           return ir::evaluate_as_written(*wait.until, state) != 0;
         });
}

Firing fire(const ir::Model& model,
            const ir::Process& process,
            const ir::Alternative& alternative,
            const ir::Valuation& state) {
  Firing result;
  for (const ir::Check& check : alternative.checks) {
    if (ir::evaluate_as_written(*check.holds, state) != 0) continue;
    result.broken = &check;
    return result;
  }
  result.target = state;
  for (const ir::Effect& effect : alternative.effects) {
    const ir::Variable& variable = model.variables[static_cast<std::size_t>(effect.variable)];
    const auto value = ir::evaluate_as_written(*effect.value, result.target);
    const auto index = effect.index ? ir::evaluate_as_written(*effect.index, result.target) : 0;
    if (!variable.range.contains(value)) {
      result.error = fmt::format("{} becomes {}, its range is {}..{}",
                                 ir::cell_name(variable, static_cast<int>(index)),
                                 value,
                                 variable.range.low,
                                 variable.range.high);
      if (variable.endless) result.counter = effect.variable;
      return result;
    }
    result.target[static_cast<std::size_t>(effect.variable)][static_cast<std::size_t>(index)] =
        static_cast<int>(value);
    result.written.push_back({effect.variable, static_cast<int>(index)});
  }
  result.target[static_cast<std::size_t>(process.location)][0] = alternative.next;
  return result;
}

bool is_at_rest(const ir::Process& process, const ir::Valuation& state) {
  const int at = location(process, state);
  if (at == process.finished()) return true;
  const ir::Step& step = process.steps[static_cast<std::size_t>(at)];
  return step.idle && std::ranges::none_of(step.alternatives, [&](const ir::Alternative& way) {
           return ir::evaluate_as_written(*way.guard, state) != 0;
         });
}

bool can_move(const ir::Process& process, const ir::Valuation& state) {
  const int at = location(process, state);
  return at != process.finished() &&
         std::ranges::any_of(
             process.steps[static_cast<std::size_t>(at)].alternatives,
             [&](const ir::Alternative& alternative) { return is_enabled(alternative, state); });
}

bool is_finished(const ir::Model& model, const ir::Valuation& state) {
  return std::ranges::all_of(model.processes, [&](const ir::Process& process) {
    if (is_at_rest(process, state)) return true;
    const int at = location(process, state);
    return process.steps[static_cast<std::size_t>(at)].idle && can_move(process, state);
  });
}

std::optional<BrokenPart> broken_part(const ir::Model& model, const ir::Valuation& state) {
  for (std::size_t i = 0; i < model.properties.size(); ++i)
    for (std::size_t k = 0; k < model.properties[i].parts.size(); ++k)
      if (ir::evaluate_as_written(*model.properties[i].parts[k].holds, state) == 0)
        return BrokenPart{static_cast<int>(i), static_cast<int>(k)};
  return std::nullopt;
}

std::string
at_step(const ir::Model& model, const ir::Process& process, int step, const std::string& text) {
  const ir::Step& at = process.steps[static_cast<std::size_t>(step)];
  const ir::Function& function = model.functions[static_cast<std::size_t>(at.function)];
  return fmt::format("{}: {}: \"{}\": {}", process.name, function.name, at.phrase, text);
}

} // namespace stalemate
