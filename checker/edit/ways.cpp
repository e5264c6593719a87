#include "checker/edit/edit_error.hpp"
#include "checker/edit/edits.hpp"
#include "checker/edit/flow.hpp"

#include <algorithm>
#include <utility>

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

/// Is one of them true just where the other is not?
bool is_other_case(const ir::ExpressionPtr& one, const ir::ExpressionPtr& other) {
  return ir::is_same(*one, *ir::combine(ir::Op::invert, {other})) ||
         ir::is_same(*other, *ir::combine(ir::Op::invert, {one}));
}

int way_number(const ir::Step& step, const ir::Alternative& way) {
  return static_cast<int>(&way - step.alternatives.data());
}

/// Ways behind one whose guard was another are still the other case of those before them.
void follow_guard(ir::Step& step, int changed, const ir::ExpressionPtr& old) {
  auto was = ir::constant(0);
  auto is = ir::constant(0);
  for (int a = 0; a < static_cast<int>(step.alternatives.size()); ++a) {
    ir::Alternative& way = step.alternatives[static_cast<std::size_t>(a)];
    const auto guard = a == changed ? old : way.guard;
    const auto other_case = ir::combine(ir::Op::invert, {was});
    const bool is_other =
        a > changed && !ir::is_constant(guard) && ir::is_same(*guard, *other_case);
    if (is_other) way.guard = ir::combine(ir::Op::invert, {is});
    was = ir::combine(ir::Op::either, {was, guard});
    is = ir::combine(ir::Op::either, {is, way.guard});
  }
}

} // namespace

void always(ir::Model& model, const Site& site) {
  ir::Step& step = edited_step(model, site);
  ir::Alternative way = way_at(step, site);
  way.guard = ir::constant(1);
  step.alternatives = {std::move(way)};
  step.edit = "always this way";
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
    rest.guard = is_other_case(rest.guard, guard)
                     ? ir::constant(1)
                     : ir::combine(ir::Op::either, {rest.guard, guard});
  }
  step.edit = "without a way";
}

void change(ir::Model& model, const Site& site, const Change& change) {
  ir::Step& step = edited_step(model, site);
  ir::Alternative& way = way_at(step, site);
  if (change.when) {
    const ir::ExpressionPtr old = std::exchange(way.guard, change.when);
    follow_guard(step, way_number(step, way), old);
  }
  if (change.go) way.next = *change.go;
  if (change.then) {
    // What is done with locks stays, in its order, and comes first: they are taken before what they
    // protect is written.
    std::erase_if(way.effects, [&](const auto& effect) { return !is_about_lock(model, effect); });
    way.effects.insert(way.effects.end(), change.then->begin(), change.then->end());
  }
  step.edit = "changed";
}

} // namespace stalemate::edit
