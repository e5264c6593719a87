#include "checker/reduce/automorphism.hpp"

#include "checker/program/footprint.hpp"
#include "checker/reduce/dead_variables.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace stalemate {

using ir::Op;

namespace {

constexpr std::int64_t values_max = 1024; ///< Of a cell that is looked at.

} // namespace

Automorphism::Automorphism(const ir::Model& model, const Ranges& ranges)
    : model_(model), ranges_(ranges), dead_at_start_(dead_at_start(model)) {
  int cells = 0;
  for (const ir::Variable& variable : model.variables) {
    first_.push_back(cells);
    cells += variable.cells();
  }
}

int Automorphism::number(const ir::Cell& cell) const {
  return first_[static_cast<std::size_t>(cell.variable)] + cell.index;
}

std::optional<AlternativeImages> Automorphism::prove(const Renaming& renaming) {
  const bool begins_alike =
      keeps_initial(renaming) || (nearly_keeps_initial(renaming) && keeps_ranges(renaming));
  if (!begins_alike || !has_few_values(renaming)) return std::nullopt;
  AlternativeImages images;
  try {
    if (!keeps_claims(renaming)) return std::nullopt;
    for (std::size_t p = 0; p < model_.processes.size(); ++p) {
      auto& of_process = images.emplace_back();
      for (std::size_t s = 0; s < model_.processes[p].steps.size(); ++s) {
        auto at = images_at(renaming, p, s);
        if (!at) return std::nullopt;
        of_process.push_back(std::move(*at));
      }
    }
  } catch (const Diagrams::TooLarge&) {
    return std::nullopt;
  }
  return images;
}

bool Automorphism::touches(const Renaming& renaming, const ir::Cell& cell) const {
  const Renaming::Image& image = renaming.variables[static_cast<std::size_t>(cell.variable)];
  if (renaming.cell(cell) != cell || image.shift != 0) return true;
  if (image.values.empty()) return false;
  const ir::Range range = ranges_.of(cell);
  for (auto value = range.low; value <= range.high; ++value)
    if (renaming.value(cell.variable, value) != value) return true;
  return false;
}

bool Automorphism::touches(const Renaming& renaming,
                           const ir::Process& process,
                           const ir::Alternative& alternative) const {
  const Footprint footprint = static_footprint(process, alternative);
  const auto touched = [&](const ir::Cell& cell) { return touches(renaming, cell); };
  return std::ranges::any_of(footprint.read, touched) ||
         std::ranges::any_of(footprint.written, touched);
}

/// Where it does anything.
bool Automorphism::has_few_values(const Renaming& renaming) const {
  for (std::size_t v = 0; v < model_.variables.size(); ++v) {
    for (int i = 0; i < model_.variables[v].cells(); ++i) {
      const ir::Cell cell{static_cast<int>(v), i};
      const ir::Range range = ranges_.of(cell);
      if (range.high - range.low >= values_max && touches(renaming, cell)) return false;
    }
  }
  return true;
}

bool Automorphism::keeps_initial(const Renaming& renaming) const {
  const ir::Valuation initial = ir::initial(model_);
  return renaming.state(initial) == initial;
}

bool Automorphism::nearly_keeps_initial(const Renaming& renaming) const {
  const ir::Valuation initial = ir::initial(model_);
  ir::Valuation image = renaming.state(initial);
  for (const ir::Cell& cell : dead_at_start_) {
    const auto v = static_cast<std::size_t>(cell.variable);
    const auto i = static_cast<std::size_t>(cell.index);
    image[v][i] = initial[v][i];
  }
  return image == initial;
}

bool Automorphism::keeps_ranges(const Renaming& renaming) const {
  for (std::size_t v = 0; v < model_.variables.size(); ++v) {
    for (int i = 0; i < model_.variables[v].cells(); ++i) {
      const ir::Cell cell{static_cast<int>(v), i};
      if (!touches(renaming, cell)) continue;
      const ir::Range there = ranges_.of(renaming.cell(cell));
      const ir::Range range = ranges_.of(cell);
      for (auto value = range.low; value <= range.high; ++value)
        if (!there.contains(renaming.value(cell.variable, value))) return false;
    }
  }
  return true;
}

bool Automorphism::keeps_claims(const Renaming& renaming) {
  return std::ranges::all_of(model_.properties, [&](const ir::Property& property) {
    std::vector<Diagrams::Id> here;
    std::vector<Diagrams::Id> there;
    for (const ir::Part& part : property.parts) {
      std::set<ir::Cell> cells;
      add_cells(part.holds, cells);
      if (std::ranges::none_of(cells, [&](const auto& cell) { return touches(renaming, cell); }))
        continue;
      here.push_back(function(part.holds, {}, nullptr));
      there.push_back(function(part.holds, {}, &renaming));
    }
    std::ranges::sort(here);
    std::ranges::sort(there);
    return here == there;
  });
}

std::optional<std::vector<int>>
Automorphism::images_at(const Renaming& renaming, std::size_t process, std::size_t number) {
  const ir::Process& here = model_.processes[process];
  const auto image = static_cast<std::size_t>(renaming.processes()[process]);
  const ir::Step& step = here.steps[number];
  const ir::Step& there = model_.processes[image].steps[number];
  if (step.idle != there.idle || step.alternatives.size() != there.alternatives.size())
    return std::nullopt;
  // What is not touched is its own image.
  std::vector<bool> is_taken(there.alternatives.size());
  for (std::size_t k = 0; k < is_taken.size(); ++k)
    is_taken[k] = image == process && !touches(renaming, here, step.alternatives[k]);
  std::vector<int> images;
  for (std::size_t a = 0; a < step.alternatives.size(); ++a) {
    std::size_t k = a;
    if (image != process || touches(renaming, here, step.alternatives[a])) {
      const Meaning wanted = meaning(step.alternatives[a], &renaming);
      k = 0;
      while (k < is_taken.size() &&
             (is_taken[k] || meaning(there.alternatives[k], nullptr) != wanted))
        ++k;
      if (k == is_taken.size()) return std::nullopt;
    }
    is_taken[k] = true;
    images.push_back(static_cast<int>(k));
  }
  return images;
}

Automorphism::Meaning Automorphism::meaning(const ir::Alternative& alternative, View view) {
  if (view == nullptr)
    if (const auto known = plain_.find(&alternative); known != plain_.end()) return known->second;

  Meaning result{alternative.next};
  const Diagrams::Id guard = function(alternative.guard, {}, view);
  Diagrams::Id enabled = guard;
  for (const ir::Wait& wait : alternative.waits)
    enabled = diagrams_.combine(Op::both, {enabled, function(wait.until, {}, view)});
  result.insert(result.end(), {guard, enabled});
  // What it says where it is not enabled does not matter, nor what is written where it fails.
  const Diagrams::Id disabled = diagrams_.combine(Op::invert, {enabled});
  for (const ir::Check& check : alternative.checks)
    result.insert(result.end(),
                  {check.property,
                   diagrams_.combine(Op::either, {disabled, function(check.holds, {}, view)})});
  result.push_back(-1); // Behind the last check.

  Functions now;
  Diagrams::Id fails = diagrams_.number(0);
  for (const ir::Effect& effect : alternative.effects)
    fails = diagrams_.combine(Op::either, {fails, run(effect, now, view)});
  fails = diagrams_.combine(Op::both, {enabled, fails});
  result.push_back(fails);
  const Diagrams::Id is_moot = diagrams_.combine(Op::either, {disabled, fails});
  std::map<int, Diagrams::Id> written;
  for (const auto& [cell, value] : now) {
    const ir::Cell to = view != nullptr ? view->cell(cell) : cell;
    auto image = value;
    if (view != nullptr)
      image = diagrams_.replaced(value, [view, variable = cell.variable](std::int64_t one) {
        return view->value(variable, one);
      });
    const auto zero = diagrams_.number(0);
    const auto last = diagrams_.combine(Op::select, {is_moot, zero, image});
    const auto before = diagrams_.combine(Op::select, {is_moot, zero, read(to, {}, nullptr)});
    if (last != before) written.emplace(number(to), last);
  }
  for (const auto& [cell, value] : written)
    result.insert(result.end(), {cell, value});
  if (view == nullptr) plain_.emplace(&alternative, result);
  return result;
}

Diagrams::Id Automorphism::function(const ir::ExpressionPtr& e, const Functions& now, View view) {
  if (e->op == Op::constant) return diagrams_.number(e->value);
  if (e->op == Op::load) return load(*e, now, view);
  std::vector<Diagrams::Id> operands;
  for (const auto& operand : e->operands)
    operands.push_back(function(operand, now, view));
  return diagrams_.combine(e->op, operands);
}

Diagrams::Id Automorphism::load(const ir::Expression& e, const Functions& now, View view) {
  if (e.operands.empty()) return read({e.value, 0}, now, view);
  const Diagrams::Id index = function(e.operands[0], now, view);
  const ir::Range indexes = e.operands[0]->range;
  Diagrams::Id result = diagrams_.number(0);
  for (auto i = indexes.low; i <= indexes.high; ++i) {
    const auto is_it = diagrams_.combine(Op::equal, {index, diagrams_.number(i)});
    if (diagrams_.is_number(is_it, 0)) continue;
    const auto value = read({e.value, static_cast<int>(i)}, now, view);
    result = diagrams_.combine(Op::select, {is_it, value, result});
  }
  return result;
}

Diagrams::Id Automorphism::read(const ir::Cell& cell, const Functions& now, View view) {
  if (const auto found = now.find(cell); found != now.end()) return found->second;
  // The value is looked up where it is after the renaming, by what it has become there.
  const ir::Cell at = view != nullptr ? view->cell(cell) : cell;
  const ir::Range range = ranges_.of(at);
  if (range.high - range.low >= values_max) throw Diagrams::TooLarge();
  std::vector<std::int64_t> values;
  for (auto value = range.low; value <= range.high; ++value)
    values.push_back(view != nullptr ? view->value(at.variable, value) : value);
  return diagrams_.choice(number(at), values);
}

Diagrams::Id Automorphism::run(const ir::Effect& effect, Functions& now, View view) {
  const ir::Variable& variable = model_.variables[static_cast<std::size_t>(effect.variable)];
  const Diagrams::Id value = function(effect.value, now, view);
  if (!effect.index) {
    now[{effect.variable, 0}] = value;
  } else {
    const Diagrams::Id index = function(effect.index, now, view);
    Functions next = now;
    for (int i = 0; i < variable.cells(); ++i) {
      const ir::Cell cell{effect.variable, i};
      const auto is_it = diagrams_.combine(Op::equal, {index, diagrams_.number(i)});
      if (diagrams_.is_number(is_it, 0)) continue;
      next[cell] = diagrams_.combine(Op::select, {is_it, value, read(cell, now, view)});
    }
    now = std::move(next);
  }
  if (variable.range.contains(effect.value->range)) return diagrams_.number(0);
  return diagrams_.replaced(value,
                            [&](std::int64_t one) { return variable.range.contains(one) ? 0 : 1; });
}

} // namespace stalemate
