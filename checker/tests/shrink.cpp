#include "checker/tests/shrink.hpp"

#include "checker/ir/validate.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace stalemate::tests {

namespace {

using Edit = std::function<void(ir::Model&)>;

void drop_unreachable(ir::Process& process, ir::Variable& location) {
  std::vector<bool> reached(process.steps.size() + 1, false);
  std::vector<int> todo{0};
  while (!todo.empty()) {
    const auto at = static_cast<std::size_t>(todo.back());
    todo.pop_back();
    if (reached[at]) continue;
    reached[at] = true;
    if (at == process.steps.size()) continue;
    for (const ir::Alternative& way : process.steps[at].alternatives)
      todo.push_back(way.next);
  }
  std::vector<int> place(process.steps.size() + 1);
  std::vector<ir::Step> kept;
  for (std::size_t s = 0; s < process.steps.size(); ++s) {
    place[s] = static_cast<int>(kept.size());
    if (reached[s]) kept.push_back(std::move(process.steps[s]));
  }
  place.back() = static_cast<int>(kept.size());
  for (ir::Step& step : kept)
    for (ir::Alternative& way : step.alternatives)
      way.next = place[static_cast<std::size_t>(way.next)];
  process.steps = std::move(kept);
  location.range.high = process.finished();
}

/// A process that is there and never does anything; taking it away would renumber all others.
void put_to_rest(ir::Process& process) {
  process.steps.resize(1);
  ir::Step& step = process.steps.front();
  step.idle = true;
  step.alternatives.assign(1, ir::Alternative());
  step.alternatives.front().guard = ir::constant(0);
  step.alternatives.front().next = 1;
}

void drop_property(ir::Model& model, int number) {
  model.properties.erase(model.properties.begin() + number);
  for (ir::Process& process : model.processes)
    for (ir::Step& step : process.steps)
      for (ir::Alternative& way : step.alternatives) {
        std::erase_if(way.checks, [&](const ir::Check& check) { return check.property == number; });
        for (ir::Check& check : way.checks)
          if (check.property > number) --check.property;
      }
}

/// Simpler ways to write what stands there: a constant, or one of its operands.
void simplify(std::vector<Edit>& edits,
              const ir::ExpressionPtr& expression,
              const std::function<ir::ExpressionPtr&(ir::Model&)>& where) {
  if (ir::is_constant(expression)) return;
  std::vector<ir::ExpressionPtr> simpler{ir::constant(1), ir::constant(0)};
  if (expression->op != ir::Op::load)
    simpler.insert(simpler.end(), expression->operands.begin(), expression->operands.end());
  for (const ir::ExpressionPtr& one : simpler)
    edits.emplace_back([=](ir::Model& model) { where(model) = one; });
}

std::vector<Edit> edits_of(const ir::Model& model) {
  std::vector<Edit> edits;
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    const ir::Process& process = model.processes[p];
    if (process.steps.size() > 1 || process.steps[0].alternatives.size() > 1)
      edits.emplace_back([=](ir::Model& m) { put_to_rest(m.processes[p]); });
    for (std::size_t s = 0; s < process.steps.size(); ++s) {
      const auto& ways = process.steps[s].alternatives;
      for (std::size_t a = 0; a < ways.size(); ++a) {
        const auto way = [=](ir::Model& m) -> ir::Alternative& {
          return m.processes[p].steps[s].alternatives[a];
        };
        if (ways.size() > 1)
          edits.emplace_back([=](ir::Model& m) {
            auto& all = m.processes[p].steps[s].alternatives;
            all.erase(all.begin() + static_cast<std::ptrdiff_t>(a));
          });
        if (!ways[a].waits.empty()) edits.emplace_back([=](ir::Model& m) { way(m).waits.clear(); });
        if (!ways[a].checks.empty())
          edits.emplace_back([=](ir::Model& m) { way(m).checks.clear(); });
        if (ways[a].next != process.finished())
          edits.emplace_back([=](ir::Model& m) { way(m).next = m.processes[p].finished(); });
        simplify(
            edits, ways[a].guard, [=](ir::Model& m) -> ir::ExpressionPtr& { return way(m).guard; });
        for (std::size_t e = 0; e < ways[a].effects.size(); ++e) {
          edits.emplace_back([=](ir::Model& m) {
            auto& all = way(m).effects;
            all.erase(all.begin() + static_cast<std::ptrdiff_t>(e));
          });
          simplify(edits, ways[a].effects[e].value, [=](ir::Model& m) -> ir::ExpressionPtr& {
            return way(m).effects[e].value;
          });
        }
      }
    }
  }
  for (std::size_t i = 0; i < model.properties.size(); ++i) {
    edits.emplace_back([=](ir::Model& m) { drop_property(m, static_cast<int>(i)); });
    for (std::size_t k = 0; k < model.properties[i].parts.size(); ++k) {
      edits.emplace_back([=](ir::Model& m) {
        auto& parts = m.properties[i].parts;
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(k));
      });
      simplify(edits, model.properties[i].parts[k].holds, [=](ir::Model& m) -> ir::ExpressionPtr& {
        return m.properties[i].parts[k].holds;
      });
    }
  }
  return edits;
}

/// True if the edit left a valid model that is still bad; otherwise the model is as before.
bool apply(ir::Model& model,
           const Edit& edit,
           const std::function<bool(const ir::Model&)>& is_bad) {
  ir::Model next = model;
  edit(next);
  try {
    for (ir::Process& process : next.processes)
      drop_unreachable(process, next.variables[static_cast<std::size_t>(process.location)]);
    ir::validate(next);
    if (!is_bad(next)) return false;
  } catch (const ir::InvalidModel&) {
    return false;
  }
  model = std::move(next);
  return true;
}

} // namespace

int alternatives(const ir::Model& model) {
  std::size_t count = 0;
  for (const ir::Process& process : model.processes)
    for (const ir::Step& step : process.steps)
      count += step.alternatives.size();
  return static_cast<int>(count);
}

ir::Model shrunk(ir::Model model, const std::function<bool(const ir::Model&)>& is_bad) {
  for (bool is_smaller = true; is_smaller;) {
    is_smaller = false;
    // An edit is made for the model as it is now, so that its numbers fit.
    for (std::size_t i = 0;; ++i) {
      const std::vector<Edit> edits = edits_of(model);
      if (i >= edits.size()) break;
      while (i < edits_of(model).size() && apply(model, edits_of(model)[i], is_bad))
        is_smaller = true;
    }
  }
  return model;
}

} // namespace stalemate::tests
