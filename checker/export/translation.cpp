#include "checker/export/translation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace stalemate {

namespace {

/// Calls `each` with every alternative and the number of its process.
template <typename Each>
void for_each_alternative(const ir::Model& model, Each each) {
  for (std::size_t p = 0; p < model.processes.size(); ++p)
    for (const ir::Step& step : model.processes[p].steps)
      for (const ir::Alternative& way : step.alternatives)
        each(way, static_cast<int>(p));
}

} // namespace

Translation::Translation(const ir::Model& exported, const Dialect& dialect, Names words)
    : model(exported), names(std::move(words)), expressions(exported, dialect),
      readers_(exported.variables.size(), nobody) {
  look_around();
  for (const ir::Process& process : model.processes)
    processes.push_back(names.make(process.name));
  for (const ir::Property& property : model.properties)
    properties.push_back(names.make(property.name));
  for (const ir::Variable& variable : model.variables)
    expressions.variables.push_back(names.make(variable.name));
  name_values();
}

void Translation::look_around() {
  expressions.is_truth.clear();
  for (const ir::Variable& variable : model.variables)
    expressions.is_truth.push_back(variable.kind == ir::Kind::boolean &&
                                   variable.range == ir::Range{0, 1});
  for_each_alternative(model, [&](const ir::Alternative& way, int process) {
    read(way.guard, process);
    for (const ir::Wait& wait : way.waits)
      read(wait.until, process);
    for (const ir::Check& check : way.checks)
      read(check.holds, process);
    for (const ir::Effect& effect : way.effects) {
      read(effect.value, process);
      if (effect.index) read(effect.index, process);
      // A truth value cannot be wrong, so such a variable becomes a number.
      if (may_leave(effect))
        expressions.is_truth[static_cast<std::size_t>(effect.variable)] = false;
    }
  });
  for (const ir::Property& property : model.properties)
    for (const ir::Part& part : property.parts)
      read(part.holds, several);
}

void Translation::read(const ir::ExpressionPtr& expression, int reader) {
  if (expression->op == ir::Op::load) {
    const ir::Variable& variable = model.variables[static_cast<std::size_t>(expression->value)];
    if (variable.kind == ir::Kind::location)
      throw ir::InvalidModel(variable.name + ": read as a value, which cannot be exported");
    int& known = readers_[static_cast<std::size_t>(expression->value)];
    known = known == nobody || known == reader ? reader : several;
  }
  has_min = has_min || expression->op == ir::Op::minimum;
  has_max = has_max || expression->op == ir::Op::maximum;
  for (const auto& operand : expression->operands)
    read(operand, reader);
}

/// Values get their names if these mean the same everywhere and are no other names; `none` of one
/// variable may be 0 and of another 3, then both stay numbers.
void Translation::name_values() {
  struct Meaning {
    int value;
    bool is_usable;
    std::string name;
  };
  std::map<std::string, Meaning> meanings;
  const auto each_value = [&](auto use) {
    for (std::size_t v = 0; v < model.variables.size(); ++v) {
      const ir::Variable& variable = model.variables[v];
      for (std::size_t i = 0; i < variable.names.size(); ++i) {
        const bool is_process = variable.kind == ir::Kind::holder && i > 0;
        use(v,
            i,
            identifier(is_process ? "held_by_" + variable.names[i] : variable.names[i]),
            static_cast<int>(variable.range.low) + static_cast<int>(i));
      }
    }
  };
  each_value([&](std::size_t, std::size_t, const std::string& name, int value) {
    const auto [known, is_new] = meanings.try_emplace(name, Meaning{value, true, {}});
    if (known->second.value != value || names.is_taken(name)) known->second.is_usable = false;
  });
  for (auto& [name, meaning] : meanings) {
    if (!meaning.is_usable) continue;
    meaning.name = names.make(name);
    constants.emplace_back(meaning.name, meaning.value);
  }
  std::ranges::stable_sort(constants, {}, &std::pair<std::string, int>::second);
  expressions.values.resize(model.variables.size());
  each_value([&](std::size_t v, std::size_t, const std::string& name, int) {
    expressions.values[v].push_back(meanings.at(name).name);
  });
}

int Translation::property_of(ir::PropertyKind kind) const {
  const auto found = std::ranges::find(model.properties, kind, &ir::Property::kind);
  return found == model.properties.end() ? ir::none
                                         : static_cast<int>(found - model.properties.begin());
}

ir::ExpressionPtr Translation::enabled(const ir::Alternative& way) {
  ir::ExpressionPtr all = way.guard;
  for (const ir::Wait& wait : way.waits)
    all = ir::combine(ir::Op::both, {all, wait.until});
  return all;
}

bool Translation::may_leave(const ir::Effect& effect) const {
  const ir::Variable& variable = model.variables[static_cast<std::size_t>(effect.variable)];
  return !variable.range.contains(effect.value->range);
}

bool Translation::is_private(ir::VariableId variable, int process) const {
  const auto v = static_cast<std::size_t>(variable);
  return model.variables[v].owner == process && (readers_[v] == process || readers_[v] == nobody);
}

std::string Translation::title(const ir::Step& step) const {
  return harmless(ir::step_name(model, step));
}

std::string Translation::about(const ir::Variable& variable) const {
  std::string text = variable.name;
  if (variable.shape.size() == 2)
    text += fmt::format(", {} rows of {}", variable.shape[0], variable.shape[1]);
  if (!expressions.is_truth[static_cast<std::size_t>(&variable - model.variables.data())])
    text += fmt::format(": {}..{}", variable.range.low, variable.range.high);
  if (!variable.names.empty()) text += fmt::format(", {}", fmt::join(variable.names, ", "));
  if (variable.ghost) text += "; read by claims only";
  return harmless(text);
}

} // namespace stalemate
