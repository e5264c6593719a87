#include "checker/language/names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::language {

namespace {

/// The name without its last part: folio for folio.dirty, disk for disk.
std::string object_of(const std::string& name) {
  return name.substr(0, name.rfind('.'));
}

} // namespace

const ir::Variable* Names::find(const std::string& name) const {
  const auto& all = scope_.model.variables;
  const auto found = std::ranges::find(all, name, &ir::Variable::name);
  return found == all.end() ? nullptr : &*found;
}

const ir::Variable* Names::find(const Node& name) const {
  const std::string said = bare_name(name);
  if (const ir::Variable* found = find(said)) return found;
  if (scope_.process == ir::none) return nullptr;
  const auto& self = scope_.model.processes[static_cast<std::size_t>(scope_.process)];
  return find(self.name + "." + said);
}

const ir::Variable& Names::variable(const Node& name) const {
  const ir::Variable* found = find(name);
  if (found == nullptr) throw UnknownWord(name.begin, "variable", bare_name(name), variables());
  if (found->kind == ir::Kind::location) require_where(name.begin);
  return *found;
}

void Names::require_where(std::size_t offset) const {
  if (!scope_.may_ask_where)
    throw SyntaxError(offset, "where a process stands cannot be asked here");
}

ir::VariableId Names::id(const ir::Variable& variable) const {
  return static_cast<ir::VariableId>(&variable - scope_.model.variables.data());
}

std::vector<std::string> Names::variables() const {
  std::vector<std::string> names;
  for (const ir::Variable& variable : scope_.model.variables) {
    if (variable.kind == ir::Kind::location && !scope_.may_ask_where) continue;
    names.push_back(variable.name);
    if (scope_.process == ir::none || variable.owner != scope_.process) continue;
    const auto prefix = scope_.model.processes[static_cast<std::size_t>(scope_.process)].name + ".";
    if (variable.name.starts_with(prefix)) names.push_back(variable.name.substr(prefix.size()));
  }
  return names;
}

std::optional<std::string> Names::word(const Node& node) const {
  if (node.is == Node::Is::string) return node.word;
  if (node.is != Node::Is::name || node.parts.size() != 1 || !node.parts[0].indexes.empty())
    return std::nullopt;
  if (node.parts[0].word != "self") return node.parts[0].word;
  if (scope_.process == ir::none)
    throw SyntaxError(node.begin, "self: this is not about one process");
  return scope_.model.processes[static_cast<std::size_t>(scope_.process)].name;
}

int Names::process(const Node& node) const {
  const auto name = word(node);
  if (!name) throw SyntaxError(node.begin, "expected the name of a process");
  const auto& all = scope_.model.processes;
  const auto found = std::ranges::find(all, *name, &ir::Process::name);
  if (found != all.end()) return static_cast<int>(found - all.begin());

  std::vector<std::string> known;
  for (const ir::Process& process : all)
    known.push_back(process.name);
  throw UnknownWord(node.begin, "process", *name, std::move(known));
}

std::vector<Stand> Names::steps(const Node& name, int process) const {
  if (name.is != Node::Is::string)
    throw SyntaxError(name.begin, "expected a step in quotes: \"function: phrase\"");
  std::vector<Stand> found;
  std::vector<std::string> known;
  for (std::size_t p = 0; p < scope_.model.processes.size(); ++p) {
    if (process != ir::none && process != static_cast<int>(p)) continue;
    const auto& steps = scope_.model.processes[p].steps;
    for (std::size_t s = 0; s < steps.size(); ++s) {
      const std::string its = ir::step_name(scope_.model, steps[s]);
      if (its == name.word) found.emplace_back(static_cast<int>(p), static_cast<int>(s));
      if (std::ranges::find(known, its) == known.end()) known.push_back(its);
    }
  }
  if (found.empty()) throw UnknownWord(name.begin, "step", name.word, std::move(known));
  return found;
}

int Names::rows(const Node& object) const {
  const std::string said = bare_name(object);
  const auto own =
      scope_.process == ir::none
          ? said
          : scope_.model.processes[static_cast<std::size_t>(scope_.process)].name + "." + said;
  int rows = 0;
  std::vector<std::string> known;
  for (const ir::Variable& variable : scope_.model.variables) {
    if (variable.shape.empty()) continue;
    const std::string its = object_of(variable.name);
    if (std::ranges::find(known, its) == known.end()) known.push_back(its);
    if (its != said && its != own) continue;
    if (rows != 0 && rows != variable.shape[0])
      throw SyntaxError(object.begin,
                        fmt::format("{}[] has {} rows for one property and {} for another; say "
                                    "which: 0..{}",
                                    said,
                                    rows,
                                    variable.shape[0],
                                    std::min(rows, variable.shape[0]) - 1));
    rows = variable.shape[0];
  }
  if (rows == 0) throw UnknownWord(object.begin, "variable", said, std::move(known));
  return rows;
}

} // namespace stalemate::language
