#include "model/tests/one_at_a_time.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel {

namespace {

ir::Variable turn(const ir::Model& model) {
  ir::Variable made;
  made.name = "everything";
  made.kind = ir::Kind::holder;
  made.range = {0, static_cast<int>(model.processes.size())};
  made.names = {"free"};
  for (const ir::Process& process : model.processes)
    made.names.push_back(process.name);
  made.value_of = ir::Naming{.first = 1};
  made.initial = {0};
  return made;
}

bool is_outside(const ir::Process& process, int step) {
  return step == process.finished() || process.steps[static_cast<std::size_t>(step)].idle;
}

/// Claims keep their numbers, which checks refer to.
void claim_nothing(ir::Property& property) {
  property = {property.name, property.claim, ir::PropertyKind::invariant, {}};
  property.parts = {{ir::constant(1), "nothing is claimed", {}}};
}

} // namespace

ir::VariableId turn_of(const ir::Model& model) {
  return static_cast<ir::VariableId>(model.variables.size()) - 1;
}

ir::Model one_at_a_time(ir::Model model, Claimed claimed) {
  model.variables.push_back(turn(model));
  const ir::VariableId turns = turn_of(model);
  const ir::ExpressionPtr holder = ir::load(turns, model.variables.back().range, nullptr);
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    ir::Process& process = model.processes[p];
    const ir::ExpressionPtr self = ir::constant(static_cast<int>(p) + 1);
    const auto is = [&](const ir::ExpressionPtr& value) {
      return ir::combine(ir::Op::equal, {holder, value});
    };
    for (int s = 0; s < process.finished(); ++s) {
      ir::Step& step = process.steps[static_cast<std::size_t>(s)];
      for (ir::Alternative& way : step.alternatives) {
        if (s == 0 || is_outside(process, s)) {
          const auto until = ir::combine(ir::Op::either, {is(ir::constant(0)), is(self)});
          way.waits.push_back({until, holder, "", {holder}, true});
          way.effects.push_back({turns, nullptr, self});
        }
        if (is_outside(process, way.next)) way.effects.push_back({turns, nullptr, ir::constant(0)});
      }
    }
  }
  using enum ir::PropertyKind;
  for (ir::Property& property : model.properties)
    if (claimed == Claimed::no_deadlock ||
        (property.kind != invariant && property.kind != assertion))
      claim_nothing(property);
  if (claimed == Claimed::no_deadlock) {
    // A check without a claim is one of the model itself.
    for (ir::Process& process : model.processes)
      for (ir::Step& step : process.steps)
        for (ir::Alternative& way : step.alternatives)
          std::erase_if(way.checks,
                        [](const ir::Check& check) { return check.property != ir::none; });
    model.properties.push_back({"nobody_is_stuck", "somebody can go on", no_deadlock, {}});
  }
  return model;
}

} // namespace stalemate::kernel
