#include "checker/program/program.hpp"

#include "checker/program/lower.hpp"

#include <limits>

namespace stalemate {

namespace {

/// Refuses an expression whose value, or that of a part of it, may need more than 32 bits: results
/// are kept as constants of that size while compiling, and must never be cut off.
void check_size(const ir::Model& model, const ir::ExpressionPtr& e) {
  constexpr ir::Range allowed{std::numeric_limits<int>::min(), std::numeric_limits<int>::max()};
  if (!allowed.contains(e->range))
    throw ir::InvalidModel("a value can need more than 32 bits: " + ir::text(model, e));
  for (const auto& operand : e->operands)
    check_size(model, operand);
}

void check_sizes(const ir::Model& model, const ir::Alternative& alternative) {
  check_size(model, alternative.guard);
  for (const ir::Wait& wait : alternative.waits)
    check_size(model, wait.until);
  for (const ir::Check& check : alternative.checks)
    check_size(model, check.holds);
  for (const ir::Effect& effect : alternative.effects) {
    check_size(model, effect.value);
    if (effect.index) check_size(model, effect.index);
  }
}

void check_sizes(const ir::Model& model) {
  for (const ir::Process& process : model.processes)
    for (const ir::Step& step : process.steps)
      for (const ir::Alternative& alternative : step.alternatives)
        check_sizes(model, alternative);
  for (const ir::Property& property : model.properties)
    for (const ir::Part& part : property.parts)
      check_size(model, part.holds);
}

} // namespace

bool may_move_alone(const Program& program,
                    std::size_t process,
                    int enabled,
                    std::span<const std::size_t> spots) {
  if (program.alone.empty()) return false;
  const AloneAtSpot& at = program.alone[process][spots[process]];
  if (at.any.empty()) return false;
  const Alone& alone = enabled == whichever ? at.any
                       : enabled == several ? at.by_enabled.back()
                                            : at.by_enabled[static_cast<std::size_t>(enabled)];
  if (alone.empty()) return false;
  for (std::size_t q = 0; q < spots.size(); ++q)
    if (q != process && ((alone[q][spots[q] / 64] >> (spots[q] % 64)) & 1) == 0) return false;
  return true;
}

Program compile(const ir::Model& model) {
  check_sizes(model);
  Program program(model);
  lower(program);
  program.initial.resize(static_cast<std::size_t>(program.layout.words()));
  program.layout.pack(ir::initial(model), program.initial.data());
  for (std::size_t i = 0; i < model.properties.size(); ++i)
    if (model.properties[i].kind == ir::PropertyKind::no_deadlock)
      program.deadlock = program.deadlock.value_or(static_cast<int>(i));
  return program;
}

} // namespace stalemate
