#include "checker/inquiry/rest.hpp"

namespace stalemate {

namespace {

using ir::ExpressionPtr;
using ir::Op;

ExpressionPtr stands_at(const ir::Model& model, const ir::Process& process, int step) {
  const ir::Variable& location = model.variables[static_cast<std::size_t>(process.location)];
  return ir::combine(Op::equal,
                     {ir::load(process.location, location.range, nullptr), ir::constant(step)});
}

ExpressionPtr rests(const ir::Model& model, const ir::Process& process) {
  ExpressionPtr result = stands_at(model, process, process.finished());
  for (int s = 0; s < process.finished(); ++s) {
    const ir::Step& step = process.steps[static_cast<std::size_t>(s)];
    if (!step.idle) continue;
    ExpressionPtr has_work = ir::constant(0);
    for (const ir::Alternative& way : step.alternatives)
      has_work = ir::combine(Op::either, {has_work, way.guard});
    result = ir::combine(
        Op::either,
        {result,
         ir::combine(Op::both,
                     {stands_at(model, process, s), ir::combine(Op::invert, {has_work})})});
  }
  return result;
}

} // namespace

ExpressionPtr everyone_rests(const ir::Model& model) {
  ExpressionPtr all = ir::constant(1);
  for (const ir::Process& process : model.processes)
    all = ir::combine(Op::both, {all, rests(model, process)});
  return all;
}

} // namespace stalemate
