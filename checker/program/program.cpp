#include "checker/program/program.hpp"

#include "checker/program/lower.hpp"

namespace stalemate {

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
