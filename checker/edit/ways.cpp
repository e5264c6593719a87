#include "checker/edit/edit_error.hpp"
#include "checker/edit/edits.hpp"
#include "checker/edit/flow.hpp"

#include <algorithm>

namespace stalemate::edit {

namespace {

ir::Step& edited_step(ir::Model& model, const Site& site) {
  return step_at(model.processes[static_cast<std::size_t>(site.process)], site.step);
}

ir::Alternative& way_at(ir::Step& step, const Site& site) {
  if (site.way != ir::none) return step.alternatives[static_cast<std::size_t>(site.way)];
  if (step.alternatives.size() == 1) return step.alternatives.front();
  throw EditError("the step has several ways; name one of them behind \" / \"");
}

bool is_about_lock(const ir::Model& model, const ir::Effect& effect) {
  const auto& variable = model.variables[static_cast<std::size_t>(effect.variable)];
  const auto is_holder_of_it = [&](const ir::Variable& v) {
    return v.kind == ir::Kind::holder && variable.name == v.name + ".shared";
  };
  return variable.kind == ir::Kind::holder || std::ranges::any_of(model.variables, is_holder_of_it);
}

} // namespace

void always(ir::Model& model, const Site& site) {
  ir::Step& step = edited_step(model, site);
  ir::Alternative way = way_at(step, site);
  way.guard = ir::constant(1);
  step.alternatives = {std::move(way)};
  step.edit = "always this way";
  prune(model.processes[static_cast<std::size_t>(site.process)]);
}

void never(ir::Model& model, const Site& site) {
  ir::Step& step = edited_step(model, site);
  if (site.way == ir::none) throw EditError("say which way of the step, behind \" / \"");
  if (step.alternatives.size() == 1)
    throw EditError("it is the only way through the step; \"drop\" passes the step by");
  const auto guard = way_at(step, site).guard;
  step.alternatives.erase(step.alternatives.begin() + site.way);
  if (step.alternatives.size() == 1 && !step.idle) {
    ir::Alternative& rest = step.alternatives.front();
    rest.guard = ir::combine(ir::Op::either, {rest.guard, guard});
  }
  step.edit = "without a way";
  prune(model.processes[static_cast<std::size_t>(site.process)]);
}

void change(ir::Model& model, const Site& site, const Change& change) {
  ir::Step& step = edited_step(model, site);
  ir::Alternative& way = way_at(step, site);
  if (change.when) way.guard = change.when;
  if (change.go) way.next = *change.go;
  if (change.then) {
    // What is done with locks stays, in its order, and comes first: they are taken before what they
    // protect is written.
    std::erase_if(way.effects, [&](const auto& effect) { return !is_about_lock(model, effect); });
    way.effects.insert(way.effects.end(), change.then->begin(), change.then->end());
  }
  step.edit = "changed";
  prune(model.processes[static_cast<std::size_t>(site.process)]);
}

} // namespace stalemate::edit
