#include "checker/program/program.hpp"

#include "checker/program/lower.hpp"

namespace stalemate {

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
