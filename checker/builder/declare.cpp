#include "checker/builder/declare.hpp"

#include "checker/builder/path.hpp"
#include "checker/ir/unchecked.hpp"
#include "checker/ir/validate.hpp"

#include <algorithm>

namespace stalemate::build {

namespace {

std::vector<std::string> holder_names(const ir::Model& model) {
  std::vector<std::string> names{"free"};
  for (const ir::Process& process : model.processes)
    names.push_back(process.name);
  return names;
}

ir::Variable holder(const ir::Model& model, const std::string& name, std::vector<int> shape) {
  ir::Variable variable;
  variable.name = name;
  variable.kind = ir::Kind::holder;
  variable.range = {0, static_cast<int>(model.processes.size())};
  variable.names = holder_names(model);
  variable.value_of = ir::Naming{.first = 1};
  variable.shape = std::move(shape);
  return variable;
}

ir::Variable boolean(const std::string& name, std::vector<int> shape) {
  ir::Variable variable;
  variable.name = name;
  variable.kind = ir::Kind::boolean;
  variable.range = {0, 1};
  variable.shape = std::move(shape);
  return variable;
}

} // namespace

Model::Model(std::vector<std::string> processes, std::string name) {
  model_.name = std::move(name);
  ir::Scalarset all{"process", {}};
  for (auto& process : processes) {
    ir::Process made;
    made.name = std::move(process);
    all.processes.push_back({static_cast<int>(model_.processes.size())});
    model_.processes.push_back(std::move(made));
  }
  model_.scalarsets.push_back(std::move(all));
}

int Model::scalarset(const std::string& name, std::vector<std::vector<int>> processes) {
  model_.scalarsets.push_back({name, std::move(processes)});
  return static_cast<int>(model_.scalarsets.size()) - 1;
}

void Model::ghost(const Place& variable) {
  model_.variables[static_cast<std::size_t>(variable.node()->value)].ghost = true;
}

void Model::values_stand_for(const Place& variable, const ir::Naming& naming) {
  model_.variables[static_cast<std::size_t>(variable.node()->value)].value_of = naming;
}

void Model::values_stand_for(const Array& variable, const ir::Naming& naming) {
  model_.variables[static_cast<std::size_t>(variable.id())].value_of = naming;
}

void Model::rows_stand_for(const Array& variable, const ir::Naming& naming) {
  model_.variables[static_cast<std::size_t>(variable.id())].row_of = naming;
}

void Model::columns_stand_for(const Array& variable, const ir::Naming& naming) {
  model_.variables[static_cast<std::size_t>(variable.id())].column_of = naming;
}

Array Model::declare(ir::Variable variable) {
  if (variable.range.low > variable.range.high)
    throw ir::InvalidModel(variable.name + ": its range is empty");
  const auto cells = static_cast<std::size_t>(variable.cells());
  if (variable.initial.empty())
    variable.initial.assign(cells, static_cast<int>(variable.range.low));
  model_.variables.push_back(variable);
  return {static_cast<ir::VariableId>(model_.variables.size()) - 1, std::move(variable)};
}

Place Model::var(const std::string& name, int low, int high, int initial) {
  ir::Variable variable;
  variable.name = name;
  variable.range = {low, high};
  variable.initial = {initial};
  const Array made = declare(variable);
  return {made.id(), variable, nullptr};
}

Place Model::counter(const std::string& name, int high) {
  ir::Variable variable;
  variable.name = name;
  variable.range = {0, high};
  variable.initial = {0};
  variable.endless = true;
  const Array made = declare(variable);
  return {made.id(), variable, nullptr};
}

Place Model::flag(const std::string& name, bool initial) {
  ir::Variable variable = boolean(name, {});
  variable.initial = {initial ? 1 : 0};
  const Array made = declare(variable);
  return {made.id(), variable, nullptr};
}

Place Model::named(const std::string& name, std::vector<std::string> values, int initial) {
  ir::Variable variable;
  variable.name = name;
  variable.kind = ir::Kind::named;
  variable.range = {0, static_cast<int>(values.size()) - 1};
  variable.names = std::move(values);
  variable.initial = {initial};
  const Array made = declare(variable);
  return {made.id(), variable, nullptr};
}

Array Model::array(
    const std::string& name, int length, int low, int high, std::vector<int> initial) {
  ir::Variable variable;
  variable.name = name;
  variable.range = {low, high};
  variable.shape = {length};
  variable.initial = std::move(initial);
  return declare(std::move(variable));
}

Array Model::flags(const std::string& name, int length, std::vector<int> initial) {
  ir::Variable variable = boolean(name, {length});
  variable.initial = std::move(initial);
  return declare(std::move(variable));
}

Lock Model::lock(const std::string& name) {
  const ir::Variable variable = holder(model_, name, {});
  const Array made = declare(variable);
  return lock(Place(made.id(), variable, nullptr));
}

Array Model::holders(const std::string& name, int length) {
  return declare(holder(model_, name, {length}));
}

SharedLock Model::shared_lock(const std::string& name) {
  const Lock alone = lock(name);
  ir::Variable readers = boolean(name + ".shared", {processes()});
  readers.row_of = ir::Naming{};
  for (const ir::Process& process : model_.processes)
    readers.rows.push_back(process.name);
  return {alone.holder, declare(std::move(readers))};
}

void Model::process(const std::string& name,
                    const std::string& path,
                    const std::function<void(Path&)>& record) {
  const auto found = std::find_if(model_.processes.begin(),
                                  model_.processes.end(),
                                  [&](const ir::Process& p) { return p.name == name; });
  if (found == model_.processes.end())
    throw ir::InvalidModel(name + ": a process of this name was not announced");
  if (!found->steps.empty()) throw ir::InvalidModel(name + ": recorded twice");

  found->path = path;
  Path recorder(*this, static_cast<int>(found - model_.processes.begin()));
  record(recorder);
  recorder.finish();
}

void Model::invariant(const std::string& name,
                      const std::string& claim,
                      const std::vector<std::pair<Expr, Sentence>>& parts) {
  ir::Property property{name, claim, ir::PropertyKind::invariant, {}};
  for (const auto& [holds, sentence] : parts) {
    ir::Part part{holds.node(), sentence.text};
    for (const Expr& value : sentence.values)
      part.values.push_back(value.node());
    property.parts.push_back(std::move(part));
  }
  model_.properties.push_back(std::move(property));
}

Claim Model::assertion(const std::string& name, const std::string& claim, bool is_warning) {
  model_.properties.push_back({name, claim, ir::PropertyKind::assertion, {}});
  model_.properties.back().is_warning = is_warning;
  return {static_cast<int>(model_.properties.size()) - 1};
}

void Model::no_deadlock(const std::string& name, const std::string& claim) {
  model_.properties.push_back({name, claim, ir::PropertyKind::no_deadlock, {}});
}

void Model::eventually(const std::string& name, const std::string& claim, const Expr& goal) {
  model_.properties.push_back(
      {name, claim, ir::PropertyKind::eventually, {}, nullptr, goal.node()});
}

void Model::leads_to(const std::string& name,
                     const std::string& claim,
                     const Expr& cause,
                     const Expr& goal) {
  model_.properties.push_back(
      {name, claim, ir::PropertyKind::leads_to, {}, cause.node(), goal.node()});
}

void Model::can_finish(const std::string& name, const std::string& claim) {
  model_.properties.push_back({name, claim, ir::PropertyKind::can_finish, {}});
}

void Model::progress(const std::string& name, const std::string& claim) {
  model_.properties.push_back({name, claim, ir::PropertyKind::progress, {}});
}

std::vector<std::string> Model::drop_unchecked() {
  return ir::drop_unchecked(model_);
}

ir::Model Model::finish() const {
  ir::validate(model_);
  return model_;
}

} // namespace stalemate::build
